import { parseArgs } from 'node:util';
import { createMetricPipeline } from '../../src/detect/metrics/pipeline';
import { plainCatalog } from '../../src/detect/metrics/testing';
import { type FileMode, scoreMetricFile } from '../../src/detect/score-file';
import { DEFAULT_SETTINGS } from '../../src/domain/settings';
import type { MetricBatch } from '../../src/domain/telemetry';
import { healthyColumns, NOISES } from './noise';

const DEVICES = 6;
const START_MS = 1.7e12;
const DAY_S = 86_400;

interface Situation {
  readonly stepS: number;
  /** Samples a device that are learned from first; 0: the file itself is. */
  readonly history: number;
  /** Samples a device that are scored. */
  readonly samples: number;
}

const SITUATIONS: { readonly [name: string]: Situation } = {
  'live file': { stepS: 1, history: 0, samples: 3333 },
  'slow file': { stepS: 60, history: 0, samples: 1200 },
  'live stream': { stepS: 1, history: 1200, samples: 14_400 },
  'slow stream': { stepS: 60, history: 10_080, samples: 10_080 },
};

/** Runs `npm run bench:clean -- [--only 'live file,…'] [--noise t3,…] [--seeds 5] [--devices 6]`: alerts that healthy rows raise, beside those that the budget allows. */
export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', default: Object.keys(SITUATIONS).join(',') },
      noise: { type: 'string', default: Object.keys(NOISES).join(',') },
      seeds: { type: 'string', default: '5' },
      devices: { type: 'string', default: String(DEVICES) },
    },
  });
  const seeds = Number(values.seeds);
  const devices = Number(values.devices);
  for (const name of values.only.split(',')) {
    const situation = SITUATIONS[name];
    const days = (situation.stepS * situation.samples * devices) / DAY_S;
    console.log(`${name}: due ${(DEFAULT_SETTINGS.falseAlarmsPerDay * days).toFixed(2)}; ${seeds} seeds`);
    for (const noise of values.noise.split(',')) {
      const counts = Array.from({ length: seeds }, (_, k) => countAlerts(noise, situation, devices, k + 1));
      const mean = counts.reduce((sum, { alerts }) => sum + alerts, 0) / seeds;
      const flagged = counts.reduce((sum, count) => sum + count.flagged, 0) / seeds;
      const each = counts.map(({ alerts }) => alerts).join(' ');
      console.log(
        `  ${noise.padEnd(16)} ${mean.toFixed(2).padStart(7)} alerts, ${flagged.toFixed(1)} flagged; ${each}`,
      );
    }
  }
}

function countAlerts(
  noise: string,
  { stepS, history, samples }: Situation,
  devices: number,
  seed: number,
): { readonly alerts: number; readonly flagged: number } {
  const all = healthyRows(noise, stepS, history + samples, devices, seed);
  const mode: FileMode<MetricBatch> =
    history > 0 ? { kind: 'history', rows: sliceRows(all, 0, history * devices) } : { kind: 'whole' };
  const rows = sliceRows(all, history * devices, all.n);
  const settings = { ...DEFAULT_SETTINGS, seed };
  const scored = scoreMetricFile(createMetricPipeline, plainCatalog(devices, 4), rows, {
    mode,
    settings,
    stepMs: 1000 * stepS,
  });
  if (!scored.ok) throw new Error(`${noise}: ${scored.error.message}`);
  const { alert, flagged } = scored.value;
  return { alerts: countAlarms(alert, devices), flagged: flagged.reduce((sum, on) => sum + on, 0) };
}

/** Alerts that open, of rows whose devices take turns. */
function countAlarms(alert: Uint8Array, devices: number): number {
  let count = 0;
  for (let row = 0; row < alert.length; row++) if (alert[row] === 1 && alert[row - devices] !== 1) count += 1;
  return count;
}

function healthyRows(noise: string, stepS: number, samples: number, devices: number, seed: number): MetricBatch {
  const n = samples * devices;
  return {
    n,
    t: Float64Array.from({ length: n }, (_, row) => START_MS + 1000 * stepS * Math.floor(row / devices)),
    device: Uint16Array.from({ length: n }, (_, row) => row % devices),
    metrics: healthyColumns(noise, { devices, samples, stepS, seed }),
  };
}

function sliceRows({ t, device, metrics }: MetricBatch, from: number, to: number): MetricBatch {
  return {
    n: to - from,
    t: t.slice(from, to),
    device: device.slice(from, to),
    metrics: metrics.map((column) => column.slice(from, to)),
  };
}
