import { expect, it } from 'vitest';
import { ascend, columnSums, crossEntropy, errorAtOutput, maskDead } from './gradients';

it('adds the bias and cuts below zero', () => {
  const sums = Float32Array.of(1, -3, 2, 5);
  ascend(sums, Float32Array.of(0.5, 1));
  expect([...sums]).toEqual([1.5, 0, 2.5, 6]);
});

it('stops errors at units that gave nothing', () => {
  const error = Float32Array.of(1, 2, 3);
  maskDead(error, Float32Array.of(0, 0.1, 0));
  expect([...error]).toEqual([0, 2, 0]);
});

it('sums columns', () => {
  expect([...columnSums(Float32Array.of(1, 2, 3, 4, 5, 6), 3, 2)]).toEqual([9, 12]);
});

it('measures the cross-entropy: ln 2 where nothing is known, next to nothing where all is right, finite where all is wrong', () => {
  const wanted = Float32Array.of(0, 1);
  expect(crossEntropy(wanted, Float32Array.of(0.5, 0.5))).toBeCloseTo(Math.LN2, 5);
  expect(crossEntropy(wanted, wanted)).toBeCloseTo(0, 5);
  expect(crossEntropy(wanted, Float32Array.of(1, 0))).toBeCloseTo(-Math.log(1e-6), 0);
});

it('gives the error at the output as given less wanted, a share for each value', () => {
  const error = errorAtOutput(Float32Array.of(0, 1), Float32Array.of(0.25, 0.5));
  expect([...error].map((value) => Number(value.toFixed(4)))).toEqual([0.125, -0.25]);
});
