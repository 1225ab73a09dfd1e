import { expect, it } from 'vitest';
import type { Frame } from '../domain/frame';
import { runId } from '../domain/ids';
import { createRings } from './rings';

const frame = (points: readonly (readonly [t: number, mean: number])[], run = 'r'): Frame => ({
  runId: runId(run),
  runKind: 'fleet',
  seq: 0,
  reset: false,
  state: { kind: 'running' },
  now: 0,
  speed: 1,
  ticks: {
    n: points.length,
    t: Float64Array.from(points, ([t]) => t),
    mean: [Float32Array.from(points, ([, value]) => value)],
    high: [Float32Array.from(points, ([, value]) => value + 1)],
    focus: [Float32Array.from(points, () => Number.NaN)],
    flagged: Uint16Array.from(points, () => 1),
    score: Float32Array.from(points, () => 2),
  },
  fleet: {
    latest: [],
    score: new Float32Array(0),
    state: new Uint8Array(0),
    members: [],
    confidence: new Float32Array(0),
  },
  kpis: {
    samples: 0,
    logLines: 0,
    flagged: 0,
    alerts: 0,
    refusedSamples: 0,
    refusedBatches: 0,
    droppedRows: 0,
    samplesPerSecond: 0,
  },
  stability: 100,
  forecasts: [],
  records: [],
  logs: [],
  metricDetector: { kind: 'ready' },
  logDetector: { kind: 'ready' },
  quarantined: [],
  savedAt: 0,
  scoreboardRevision: 0,
});

it('gives the points of the asked span, oldest first', () => {
  const rings = createRings();
  rings.push(
    frame([
      [1000, 1],
      [2000, 2],
    ]),
  );
  rings.push(frame([[3000, 3]]));
  expect([...rings.series(2000, 100).t]).toEqual([2000, 3000]);
  expect([...rings.series(Number.POSITIVE_INFINITY, 100).mean[0]]).toEqual([1, 2, 3]);
});

it('keeps peaks when it has to join points, and a gap stays a gap', () => {
  const rings = createRings();
  rings.push(
    frame([
      [1, 0],
      [2, 9],
      [3, 0],
      [4, 0],
      [5, Number.NaN],
      [6, 0],
    ]),
  );
  const series = rings.series(Number.POSITIVE_INFINITY, 3);
  expect([...series.high[0]]).toEqual([10, 1, 1]);
  expect([...series.mean[0]]).toEqual([9, 0, Number.NaN]);
});

it('forgets the points of another run and never holds more than its capacity', () => {
  const rings = createRings();
  rings.push(frame([[1, 1]], 'a'));
  rings.push(frame([[2, 2]], 'b'));
  expect([...rings.series(Number.POSITIVE_INFINITY, 10).t]).toEqual([2]);
  const many = Array.from({ length: 8000 }, (_, i) => [i + 3, i] as const);
  rings.push(frame(many, 'b'));
  expect(rings.series(Number.POSITIVE_INFINITY, 100_000).n).toBe(7200);
});

it('calls its listeners once a frame until they stop', () => {
  const rings = createRings();
  let calls = 0;
  const stop = rings.subscribe(() => calls++);
  rings.push(frame([]));
  stop();
  rings.push(frame([]));
  expect([calls, rings.version()]).toEqual([1, 2]);
});

it('replaces its points when a frame says so', () => {
  const rings = createRings();
  rings.push(frame([[1, 1]]));
  rings.push({ ...frame([[5, 5]]), reset: true });
  expect([...rings.series(Number.POSITIVE_INFINITY, 10).t]).toEqual([5]);
});
