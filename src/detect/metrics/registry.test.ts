import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureMatrix, FittedMetricDetector, MetricDetector } from '../contract';
import { METRIC_DETECTORS } from './registry';
import { normalRows, rocAuc } from './testing';

function fitOrThrow(detector: MetricDetector, rows: FeatureMatrix, seed = 1): FittedMetricDetector {
  const fitted = detector.fit(rows, { seed });
  if (!fitted.ok) throw new Error(fitted.error.message);
  return fitted.value;
}

function scores(fitted: FittedMetricDetector, rows: FeatureMatrix): Float32Array {
  const out = new Float32Array(rows.n);
  fitted.score(rows, out);
  return out;
}

function matrix(rows: readonly (readonly number[])[]): FeatureMatrix {
  return { n: rows.length, f: rows[0].length, data: Float32Array.from(rows.flat()) };
}

it('gives every detector an id of its own', () => {
  expect(new Set(METRIC_DETECTORS.map((detector) => detector.spec.id)).size).toBe(METRIC_DETECTORS.length);
});

describe.each(METRIC_DETECTORS.map((detector) => [detector.spec.id, detector] as const))('%s', (_, detector) => {
  const train = normalRows(600, 4, 11);
  const fitted = fitOrThrow(detector, train);

  it('finds rows far outside a blob', () => {
    const random = normalRows(60, 4, 5);
    const far = { ...random, data: random.data.map((value, i) => (i % 4 === 2 ? value + 6 : value)) };
    expect(rocAuc([...scores(fitted, far)], [...scores(fitted, normalRows(600, 4, 12))])).toBeGreaterThan(0.95);
  });

  it('gives the same scores for the same seed, and leaves Math.random alone', () => {
    const random = Math.random;
    const probe = normalRows(50, 4, 3);
    expect(scores(fitOrThrow(detector, train, 9), probe)).toEqual(scores(fitOrThrow(detector, train, 9), probe));
    expect(Math.random).toBe(random);
  });

  it('scores a row the same alone, in a batch and in another order', () => {
    const probe = normalRows(37, 4, 4);
    const all = scores(fitted, probe);
    const reversed = matrix(Array.from({ length: 37 }, (_, i) => [...probe.data.slice((36 - i) * 4, (37 - i) * 4)]));
    expect([...scores(fitted, reversed)].reverse()).toEqual([...all]);
    for (let row = 0; row < 37; row++) {
      expect(scores(fitted, { n: 1, f: 4, data: probe.data.slice(row * 4, row * 4 + 4) })[0]).toBe(all[row]);
    }
  });

  it('gives permuted rows permuted scores', () => {
    const probe = normalRows(21, 4, 8);
    const straight = scores(fitted, probe);
    const indexes = Array.from({ length: 21 }, (_, row) => row);
    fc.assert(
      fc.property(fc.shuffledSubarray(indexes, { minLength: 21 }), (order) => {
        const mixed = matrix(order.map((row) => [...probe.data.slice(row * 4, row * 4 + 4)]));
        expect([...scores(fitted, mixed)]).toEqual(order.map((row) => straight[row]));
      }),
      { numRuns: 30 },
    );
  });

  it('scores at least as high the farther a row is out, along each feature', () => {
    for (let feature = 0; feature < 4; feature++) {
      const rows = [0, 3, 6, 12, 50, 300].map((z) => [0, 0, 0, 0].map((_, j) => (j === feature ? z : 0)));
      const out = [...scores(fitted, matrix(rows))];
      // A forest's splits end with its rows: beyond them it says the same.
      for (let k = 2; k < out.length; k++) expect(out[k]).toBeGreaterThanOrEqual(out[k - 1] * (1 - 1e-6));
      expect(out[5]).toBeGreaterThan(out[0]);
    }
  });

  it('holds no row that it was fitted to', () => {
    const arrays = arraysOf(fitted.save());
    expect(arrays.length).toBeGreaterThan(0);
    for (let row = 0; row < train.n; row++) {
      const values = [...train.data.subarray(row * 4, row * 4 + 4)];
      const whole = arrays.some((array) =>
        array.some((_, at) => values.every((value, j) => Math.fround(array[at + j]) === value)),
      );
      expect(whole, `row ${row}`).toBe(false);
    }
  });

  it('fits columns of denormals, of huge numbers, and of numbers that hardly differ', () => {
    const random = normalRows(300, 4, 21).data;
    for (const scale of [1e-44, 1e37, 0]) {
      const odd = { n: 300, f: 4, data: random.map((value, i) => (i % 4 === 3 ? value : 7 * scale + value * scale)) };
      const result = detector.fit(odd, { seed: 1 });
      if (!result.ok) throw new Error(`${scale}: ${result.error.message}`);
      expect([...scores(result.value, odd)].every(Number.isFinite), `scale ${scale}`).toBe(true);
      const shares = result.value.explain(odd.data.slice(0, 4));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    }
  });

  it('is finite for the largest and smallest numbers', () => {
    const wild = matrix([
      [3.4e38, -3.4e38, 0, 0],
      [1e-45, -0, 3.4e38, 3.4e38],
      [350, -350, 350, -350],
    ]);
    expect([...scores(fitted, wild)].every(Number.isFinite)).toBe(true);
    expect([...fitted.explain(wild.data.slice(0, 4))].every(Number.isFinite)).toBe(true);
  });

  it('explains with shares that add to 1, most on the feature that stands out', () => {
    const shares = fitted.explain(Float32Array.of(0.1, -0.2, 9, 0.3));
    expect(shares.length).toBe(4);
    expect([...shares].every((share) => share >= 0)).toBe(true);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(shares[2]).toBeGreaterThan(0.5);
  });

  it('leaves constant columns out: they change neither scores nor shares', () => {
    const wide = matrix(Array.from({ length: 600 }, (_, i) => [...train.data.slice(i * 4, i * 4 + 4), 7]));
    const other = fitOrThrow(detector, wide);
    const [usual, odd] = scores(
      other,
      matrix([
        [0, 0, 0, 0, 7],
        [0, 0, 0, 0, 900],
      ]),
    );
    expect(odd).toBe(usual);
    expect(other.explain(Float32Array.of(9, 0, 0, 0, 900))[4]).toBe(0);
  });

  it('fits 64 columns, and rows of which nearly all are equal', () => {
    const wide = normalRows(300, 64, 2);
    expect([...scores(fitOrThrow(detector, wide), wide)].every(Number.isFinite)).toBe(true);
    const nearly = matrix(Array.from({ length: 100 }, (_, i) => [i === 0 ? 1 : 0, 5]));
    expect([...scores(fitOrThrow(detector, nearly), nearly)].every(Number.isFinite)).toBe(true);
  });

  it.each([
    ['one row', normalRows(1, 4, 1), 'too-few-rows'],
    ['no row', normalRows(0, 4, 1), 'too-few-rows'],
    ['equal rows', { n: 50, f: 3, data: new Float32Array(150).fill(2) }, 'nothing-varies'],
    ['no column', { n: 50, f: 0, data: new Float32Array(0) }, 'nothing-varies'],
    ['infinity', { n: 9, f: 1, data: Float32Array.of(1, 2, 3, 4, 1e308, 6, 7, 8, 9) }, 'bad-shape'],
    ['minus infinity', { n: 9, f: 1, data: Float32Array.of(1, 2, 3, 4, -1e308, 6, 7, 8, 9) }, 'bad-shape'],
    ['NaN', { n: 9, f: 1, data: Float32Array.of(1, 2, 3, 4, Number.NaN, 6, 7, 8, 9) }, 'bad-shape'],
    ['too few numbers', { n: 50, f: 3, data: new Float32Array(10) }, 'bad-shape'],
  ])('refuses %s', (_, rows, code) => {
    expect(detector.fit(rows, { seed: 1 })).toMatchObject({ ok: false, error: { code } });
  });

  it('refuses parameters outside their range, naming the value', () => {
    for (const param of detector.spec.params) {
      const result = detector.fit(train, { seed: 1, params: { [param.key]: param.max + 1 } });
      expect(result).toMatchObject({ ok: false, error: { code: 'param-range' } });
      expect(!result.ok && result.error.message).toContain(String(param.max + 1));
    }
  });

  it('comes back from its saved form with scores and shares equal to the bit', () => {
    const loaded = detector.load(structuredClone(fitted.save()));
    if (!loaded.ok) throw new Error(loaded.error.message);
    const probe = normalRows(200, 4, 6);
    expect(scores(loaded.value, probe)).toEqual(scores(fitted, probe));
    expect(loaded.value.explain(probe.data.slice(0, 4))).toEqual(fitted.explain(probe.data.slice(0, 4)));
    expect(loaded.value.features).toBe(4);
  });

  it('refuses a saved form in which any field is gone, of another type, or holds NaN', () => {
    const mutations = mutate(fitted.save());
    expect(mutations.length).toBeGreaterThan(5);
    for (const { name, value } of mutations) {
      const result = detector.load(value);
      expect(result.ok, name).toBe(false);
      expect(!result.ok && result.error.message.length, name).toBeGreaterThan(10);
    }
    for (const nothing of [null, undefined, 5, 'x', [], {}]) expect(detector.load(nothing).ok).toBe(false);
  });
});

/** All numeric arrays in a saved form, at any depth. */
function arraysOf(saved: unknown): number[][] {
  if (ArrayBuffer.isView(saved)) return [[...(saved as Float64Array)]];
  return typeof saved === 'object' && saved !== null ? Object.values(saved).flatMap(arraysOf) : [];
}

/** Every way to spoil one field of a saved form, at any depth. */
function mutate(saved: unknown): { name: string; value: unknown }[] {
  if (typeof saved !== 'object' || saved === null) return [];
  const object = saved as Record<string, unknown>;
  return Object.keys(object).flatMap((key) => {
    const { [key]: field, ...rest } = object;
    const spoiled: [string, unknown][] = [
      ['gone', undefined],
      ['null', null],
      ['text', 'x'],
      ['NaN', Number.NaN],
      ['empty', []],
    ];
    if (ArrayBuffer.isView(field)) {
      const array = field as Float64Array | Float32Array | Int32Array;
      spoiled.push(['shorter', array.slice(0, -1)]);
      if (array instanceof Float64Array || array instanceof Float32Array) {
        spoiled.push(['with NaN', array.map((value, i) => (i === array.length - 1 ? Number.NaN : value))]);
        spoiled.push(['infinite', array.map((value, i) => (i === 0 ? Number.POSITIVE_INFINITY : value))]);
      } else {
        spoiled.push(['negative or huge', array.slice().fill(-1)]);
      }
    } else {
      for (const inner of mutate(field)) spoiled.push([inner.name, inner.value]);
    }
    return spoiled.map(([name, value]) => ({
      name: `${key} ${name}`,
      value: name === 'gone' && value === undefined ? rest : { ...rest, [key]: value },
    }));
  });
}
