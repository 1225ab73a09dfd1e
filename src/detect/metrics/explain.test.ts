import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainRow, type RowContext, type RowEvidence } from './explain';

/** Two metrics of two features each. */
function evidence(changes: Partial<RowEvidence> = {}): RowEvidence {
  return {
    row: 4,
    features: Float32Array.of(5, 0, 1, 0),
    actual: Float64Array.of(90, 10),
    typical: Float64Array.of(40, 8),
    deviation: Float64Array.of(10, 2),
    slope: Float64Array.of(3, 0),
    ...changes,
  };
}

function context(memberShares = Float32Array.of(0.5, 0.25, 0.25, 0)): RowContext {
  return { names: ['cpu level', 'cpu change', 'net level', 'net change'], memberShares };
}

describe('explainRow', () => {
  it('splits each metric among its features, half by the member and half by how far they are from typical', () => {
    const [first, second] = explainRow(evidence(), context()).contributions;
    // The member says 0.75 and 0.25; alone, only the first feature is beyond the ordinary.
    expect(first).toMatchObject({ metric: 0, share: 0.875, z: 5, slopePerMinute: 3 });
    // Within the metric the member says 2/3 and 1/3.
    expect(first.features?.map(({ name, value }) => [name, value])).toEqual([
      ['cpu level', 5],
      ['cpu change', 0],
    ]);
    expect(first.features?.[0].share).toBeCloseTo((0.875 * (2 / 3 + 1)) / 2, 6);
    expect(first.features?.[1].share).toBeCloseTo((0.875 * (1 / 3)) / 2, 6);
    expect(second.features?.map(({ name }) => name)).toEqual(['net level', 'net change']);
  });

  it('gives equal parts where nothing stands out', () => {
    const said = context(new Float32Array(4));
    const [first] = explainRow(evidence({ features: new Float32Array(4) }), said).contributions;
    expect(first.share).toBe(0.5);
    expect(first.features?.map(({ share }) => share)).toEqual([0.25, 0.25]);
  });

  it('gives a missing metric no part, and the other one all of it', () => {
    const { contributions } = explainRow(evidence({ actual: Float64Array.of(Number.NaN, 10) }), context());
    expect(contributions.map(({ metric, share }) => [metric, share])).toEqual([[1, 1]]);
  });

  it('splits what stood out within an event, too, largest first', () => {
    const features = Float32Array.of(5, 0, 0, 9);
    const said = context(Float32Array.of(0.5, 0.25, 0.1, 0.15));
    const [first] = explainRow(evidence({ features, blame: Float64Array.of(0, 3) }), said).contributions;
    expect(first).toMatchObject({ metric: 1, share: 1 });
    expect(first.features?.map(({ name }) => name)).toEqual(['net change', 'net level']);
  });

  it('adds up: features to their metric, metrics to the whole', () => {
    const part = fc.float({ min: 0, max: 1, noNaN: true });
    const column = (entry: fc.Arbitrary<number>) => fc.array(entry, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(column(fc.float({ min: -300, max: 300, noNaN: true })), column(part), (features, memberShares) => {
        const { contributions } = explainRow(
          {
            row: 0,
            features: Float32Array.from(features),
            actual: new Float64Array(3),
            typical: new Float64Array(3),
            deviation: new Float64Array(3).fill(1),
            slope: new Float64Array(3),
          },
          {
            names: ['a level', 'a change', 'b level', 'b change', 'c level', 'c change'],
            memberShares: Float32Array.from(memberShares),
          },
        );
        expect(contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5);
        for (const { share, features: own } of contributions)
          expect(own?.reduce((sum, feature) => sum + feature.share, 0)).toBeCloseTo(share, 5);
      }),
    );
  });
});
