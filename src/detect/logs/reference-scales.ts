import { ok, type Result } from '../../domain/result';
import { type Calibration, fitCalibration } from '../calibration';
import type { DetectError } from '../contract';
import { BURST_MS, burstScore } from './bursts';
import type { LineColumns } from './line-store';
import { type MemberScales, shareAtLeast, type TrainedTemplate, weighLine } from './log-model';
import { type ReferenceLine, referenceFrom } from './train-rows';

/** A window shorter than this says nothing about rates. */
const MIN_CLOCK_MS = 3 * BURST_MS;

/**
 * Fits the scales of all members to the newest third of the lines, which the network was not trained on, as if those were scored.
 * errorOf: reconstruction error of each distinct encoding of the reference. Errors: too-few-rows under 8 reference lines.
 */
export function fitScales(
  lines: LineColumns,
  templates: ReadonlyMap<number, TrainedTemplate>,
  reference: readonly ReferenceLine[],
  errorOf: Float32Array,
): Result<MemberScales & { readonly evidence: Calibration }, DetectError> {
  const errors = fitCalibration(reference.map(({ entry }) => errorOf[entry]));
  if (!errors.ok) return errors;
  const bursts = scoreBursts(lines, templates);
  const fitted = bursts === undefined ? undefined : fitCalibration(bursts.subarray(referenceFrom(lines.n)));
  const scales: MemberScales = {
    errors: errors.value,
    bursts: fitted?.ok === true ? fitted.value : undefined,
    atLeast: shareAtLeast(lines.level),
    novelShare: measureNovelShare(lines.novel),
  };
  const weighed = reference.map(({ line, entry }) => {
    const clumping = templates.get(lines.template[line])?.clumping ?? 0;
    const burst = bursts?.[line] ?? Number.NaN;
    const facts = {
      novelty: 'seen',
      level: lines.level[line],
      error: errorOf[entry],
      burst,
      clumping,
      recurrences: 0,
      fresh: false,
      live: undefined,
    } as const;
    return weighLine(scales, facts).evidence;
  });
  const evidence = fitCalibration(weighed);
  return evidence.ok ? ok({ ...scales, evidence: evidence.value }) : evidence;
}

/** Share of novel lines in the newer half, one line added: what is new at the start of a window is new only to the miner. */
export function measureNovelShare(novel: Uint8Array): number {
  const newer = novel.subarray(novel.length >> 1);
  return (newer.reduce((sum, bit) => sum + bit, 0) + 1) / (newer.length + 1);
}

/** The burst score of each line against the peaks of the lines before the reference. undefined without a usable clock. */
function scoreBursts(lines: LineColumns, templates: ReadonlyMap<number, TrainedTemplate>): Float64Array | undefined {
  if (!(lines.t[lines.n - 1] - lines.t[0] >= MIN_CLOCK_MS)) return undefined;
  const peaks = measurePeaks(lines, referenceFrom(lines.n));
  return Float64Array.from(lines.burst, (count, i) => {
    const template = lines.template[i];
    return burstScore(count, templates.get(template)?.ratePerMs ?? 0, peaks.get(template) ?? 1);
  });
}

/** The largest decaying count of each template among the first `until` lines. */
export function measurePeaks(lines: LineColumns, until: number): Map<number, number> {
  const peaks = new Map<number, number>();
  for (let i = 0; i < until; i++) {
    peaks.set(lines.template[i], Math.max(peaks.get(lines.template[i]) ?? 1, lines.burst[i]));
  }
  return peaks;
}
