import { describe, expect, it } from 'vitest';
import { createRandom } from '../domain/random';
import { DEFAULT_SETTINGS } from '../domain/settings';
import { createMetricPipeline } from './metrics/pipeline';
import { plainCatalog } from './metrics/testing';
import { type MetricFileScores, scoreMetricFile } from './score-file';

const ROWS = 1200;
const LEVEL = [30, 50, 20, 100];
const SPREAD = [4, 1.5, 5, 12];

/** Changes a row's CPU, memory, disk and network in place. */
type Trouble = (row: number, values: number[]) => void;

const FLOODS = [
  [420, 455],
  [744, 774],
] as const;
const flood: Trouble = (row, values) => {
  if (FLOODS.some(([from, to]) => row >= from && row < to)) values[3] *= 15;
};
const leak: Trouble = (row, values) => {
  if (row >= ROWS - 100) values[1] += 0.35 * (row - (ROWS - 100));
};
const spike: Trouble = (row, values) => {
  if (row === 600) values[2] *= 6;
  if (row === 600) values[0] += 35;
};
const shift: Trouble = (row, values) => {
  if (row >= 720) values[0] += 40;
};
/** What a device does every 50 rows is no anomaly. */
const job: Trouble = (row, values) => {
  if (row % 50 < 5) for (const m of [0, 2]) values[m] += 40;
};

/** An opened file of one device: four metrics of autocorrelated noise, normal unless `shape` makes something else of it, and what `troubles` do to them. */
function scoreFile(
  seed: number,
  stepMs: number,
  troubles: readonly Trouble[],
  shape: (normal: number) => number = (normal) => normal,
): MetricFileScores {
  const random = createRandom(seed, 'mixed file');
  const noise = [0, 0, 0, 0];
  const metrics = LEVEL.map(() => new Float32Array(ROWS));
  for (let row = 0; row < ROWS; row++) {
    const values = LEVEL.map((level, m) => {
      noise[m] = 0.7 * noise[m] + 0.714 * random.normal();
      return level + SPREAD[m] * shape(noise[m]);
    });
    for (const trouble of troubles) trouble(row, values);
    values.forEach((value, m) => {
      metrics[m][row] = Math.max(0, value);
    });
  }
  const t = Float64Array.from({ length: ROWS }, (_, row) => 1.7e12 + row * stepMs);
  const rows = { n: ROWS, t, device: new Uint16Array(ROWS), metrics };
  const options = { mode: { kind: 'whole' }, settings: DEFAULT_SETTINGS, stepMs } as const;
  const scored = scoreMetricFile(createMetricPipeline, plainCatalog(1, 4), rows, options);
  if (!scored.ok) throw new Error(scored.error.message);
  return scored.value;
}

/** Whether an alert is open on one of the rows [from, to). */
function alertsIn({ alert }: MetricFileScores, from: number, to: number): boolean {
  return alert.subarray(from, to).includes(1);
}

/** Rows at which an alert opens. */
function openings({ alert }: MetricFileScores): number[] {
  return [...alert.keys()].filter((row) => alert[row] === 1 && alert[row - 1] !== 1);
}

describe.each([
  ['a second', 1000],
  ['a minute', 60_000],
])('an opened file of rows %s apart that holds its own anomalies', (_, stepMs) => {
  it.each([1, 2, 3])('has an alert on both floods and on the leak at its end (seed %i)', (seed) => {
    const scores = scoreFile(seed, stepMs, [flood, leak]);
    for (const [from, to] of FLOODS) expect(alertsIn(scores, from, to)).toBe(true);
    expect(alertsIn(scores, ROWS - 60, ROWS)).toBe(true);
    expect(openings(scores).length).toBeLessThanOrEqual(5);
  });

  it.each([1, 2, 3])('has an alert on a single spike within a row (seed %i)', (seed) => {
    const scores = scoreFile(seed, stepMs, [spike]);
    expect(openings(scores).some((row) => row === 600 || row === 601)).toBe(true);
    expect(openings(scores).length).toBeLessThanOrEqual(4);
  });

  it.each([1, 2, 3])('does not stay in alarm on a level that lasts to its end (seed %i)', (seed) => {
    const { flagged } = scoreFile(seed, stepMs, [shift]);
    expect(flagged.reduce((sum, on) => sum + on, 0)).toBeLessThan(120);
    expect(flagged.subarray(900).filter((on) => on === 1).length).toBeLessThan(10);
  });

  it.each([1, 2, 3])('takes what comes every 50 rows for usual (seed %i)', (seed) => {
    expect(openings(scoreFile(seed, stepMs, [job])).length).toBeLessThanOrEqual(2);
  });
});

it.each([
  ['normal', (normal: number) => normal],
  ['lognormal', Math.exp],
  ['heavy on both sides', Math.sinh],
])(
  'raises no alert on clean files of rows a second apart, and at most twice its budget on those a minute apart (%s noise)',
  (_, shape) => {
    let alerts = 0;
    const seeds = 6;
    for (let seed = 1; seed <= seeds; seed++) {
      expect(openings(scoreFile(seed, 1000, [], shape))).toEqual([]);
      alerts += openings(scoreFile(seed, 60_000, [], shape)).length;
    }
    const due = (DEFAULT_SETTINGS.falseAlarmsPerDay * seeds * ROWS * 60_000) / 86_400_000;
    expect(alerts).toBeLessThanOrEqual(2 * due);
  },
);
