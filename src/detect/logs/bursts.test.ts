import { expect, it } from 'vitest';
import { BURST_MS, burstScore, createBurstCounter } from './bursts';

it('counts one for a first line and decays with the time constant', () => {
  const counter = createBurstCounter();
  expect(counter.count(0, 1, 0)).toBe(1);
  expect(counter.count(0, 1, 0)).toBe(2);
  expect(counter.count(0, 1, BURST_MS)).toBeCloseTo(2 / Math.E + 1, 12);
});

it('keeps devices and templates apart', () => {
  const counter = createBurstCounter();
  counter.count(0, 1, 0);
  expect(counter.count(1, 1, 0)).toBe(1);
  expect(counter.count(0, 2, 0)).toBe(1);
});

it('takes a clock that goes backwards for one that stands still', () => {
  const counter = createBurstCounter();
  counter.count(0, 1, 10_000);
  expect(counter.count(0, 1, 0)).toBe(2);
});

it('stays bounded and keeps what was used last', () => {
  const counter = createBurstCounter();
  for (let i = 0; i < 60_000; i++) {
    counter.count(i % 100, 1000 + Math.floor(i / 2), i * 0.001);
    if (i % 1000 === 0) counter.count(0, 1, i * 0.001);
  }
  expect(counter.count(0, 1, 60)).toBeGreaterThan(50);
});

it('takes a leap backwards for the same lines read again', () => {
  const counter = createBurstCounter();
  counter.count(0, 1, 100 * BURST_MS);
  expect(counter.count(0, 1, 0)).toBeCloseTo(1, 12);
  expect(counter.count(0, 1, BURST_MS)).toBeCloseTo(1 / Math.E + 1, 12);
});

it('scores the usual rate 0 and a burst by its distance in deviations', () => {
  expect(burstScore(1, 0, 1)).toBe(0);
  expect(burstScore(11, 0, 1)).toBe(10);
  // 3 expected in 10 s: (13 - 1 - 3) / sqrt(1 + 3).
  expect(burstScore(13, 3 / BURST_MS, 1)).toBeCloseTo(4.5, 12);
  expect(burstScore(2, 3 / BURST_MS, 1)).toBe(0);
});

it('hears nothing in a burst as large as one before, and the excess over it otherwise', () => {
  expect(burstScore(25, 0, 25)).toBe(0);
  expect(burstScore(40, 0, 25)).toBeCloseTo(15 / 5, 12);
});
