import fc from 'fast-check';
import { expect, it } from 'vitest';
import { emptyLogBatch, type MetricBatch, packLogLines } from '../domain/telemetry';
import type { LogVerdicts, MetricVerdicts } from '../domain/verdicts';
import { joinPoints } from './points';

const metricBatch = (rows: readonly (readonly [t: number, device: number])[]): MetricBatch => ({
  n: rows.length,
  t: Float64Array.from(rows, ([t]) => t),
  device: Uint16Array.from(rows, ([, device]) => device),
  metrics: [new Float32Array(rows.length)],
});
const metricVerdicts = (rarity: readonly number[]): MetricVerdicts => ({
  seq: 0,
  n: rarity.length,
  rarity: Float32Array.from(rarity),
  members: [],
  explanations: [],
  state: { kind: 'ready' },
  retrainDue: false,
});
const logVerdicts = (rarity: readonly number[]): LogVerdicts => ({
  seq: 0,
  n: rarity.length,
  raw: new Float32Array(rarity.length),
  rarity: Float32Array.from(rarity),
  template: new Uint32Array(rarity.length),
  explanations: [],
  templates: [],
  state: { kind: 'ready' },
  retrainDue: false,
});
const lines = (at: readonly (readonly [t: number, device: number])[]) =>
  packLogLines(at.map(([t, device]) => ({ t, device, level: 'info', message: 'm' })));

it('gives each metric row the rarest line of its device and time step', () => {
  const points = joinPoints(
    metricBatch([
      [1000, 0],
      [1000, 1],
      [2000, 0],
    ]),
    metricVerdicts([1, 2, 3]),
    lines([
      [200, 0],
      [1000, 0],
      [1001, 0],
    ]),
    logVerdicts([4, 6, 5]),
  );
  expect(points.map((p) => [p.t, p.device, p.metricRarity, p.logRarity])).toEqual([
    [1000, 0, 1, 6],
    [1000, 1, 2, Number.NaN],
    [2000, 0, 3, 5],
  ]);
  expect(points[0].lines).toEqual([1, 0]);
});

it('makes a point of its own for a device that only logged', () => {
  const points = joinPoints(metricBatch([[1000, 0]]), metricVerdicts([1]), lines([[1000, 3]]), logVerdicts([2]));
  expect(points.map((p) => [p.device, p.row])).toEqual([
    [0, 0],
    [3, -1],
  ]);
});

it('takes every distinct time as a step where there are no metrics, and nothing from nothing', () => {
  const points = joinPoints(
    metricBatch([]),
    metricVerdicts([]),
    lines([
      [5, 0],
      [5, 0],
      [9, 0],
    ]),
    logVerdicts([1, 3, 2]),
  );
  expect(points.map((p) => [p.t, p.logRarity])).toEqual([
    [5, 3],
    [9, 2],
  ]);
  expect(joinPoints(metricBatch([]), metricVerdicts([]), emptyLogBatch(), logVerdicts([]))).toEqual([]);
});

it('has one point for each metric row, in order, whatever the lines', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat(3)), { maxLength: 20 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(5)), { maxLength: 20 }),
      (rows, logRows) => {
        const sorted = [...rows].sort((a, b) => a[0] - b[0]);
        const sortedLogs = [...logRows].sort((a, b) => a[0] - b[0]);
        const points = joinPoints(
          metricBatch(sorted),
          metricVerdicts(sorted.map(() => 1)),
          lines(sortedLogs),
          logVerdicts(sortedLogs.map(() => 1)),
        );
        expect(points.filter((p) => p.row >= 0).map((p) => p.row)).toEqual(sorted.map((_, i) => i));
        expect(points.every((p, i) => i === 0 || points[i - 1].t <= p.t)).toBe(true);
      },
    ),
  );
});
