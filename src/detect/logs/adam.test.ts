import { expect, it } from 'vitest';
import { createAdam } from './adam';

it('moves by the learning rate against the sign of the first gradient', () => {
  const [moved] = createAdam([Float32Array.of(1, 1, 1)]).step([Float32Array.of(5, -0.01, 0)], 0.1);
  expect(moved[0]).toBeCloseTo(0.9, 5);
  expect(moved[1]).toBeCloseTo(1.1, 4);
  expect(moved[2]).toBe(1);
});

it('finds the minimum of a parabola', () => {
  const adam = createAdam([Float32Array.of(5)]);
  let x = 5;
  for (let i = 0; i < 500; i++) x = adam.step([Float32Array.of(2 * (x - 2))], 0.1)[0][0];
  expect(x).toBeCloseTo(2, 2);
});

it('leaves the arrays that it is given alone', () => {
  const given = Float32Array.of(1);
  createAdam([given]).step([Float32Array.of(1)], 0.1);
  expect(given[0]).toBe(1);
});
