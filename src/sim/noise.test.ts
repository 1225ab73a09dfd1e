import { describe, expect, test } from 'vitest';
import {
  createSeekableRandom,
  drawAt,
  momentKey,
  normalOf,
  normalQuantile,
  streamKey,
  tickKey,
  uniformOf,
} from './noise';
import { correlation, mean } from './testing';

const draws = (count: number, draw: (i: number) => number): number[] =>
  Array.from({ length: count }, (_, i) => draw(i));

describe('normalQuantile', () => {
  test('has the values of the tables', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 8);
  });
});

describe('normalOf', () => {
  test('is a standard normal within its bounds: mean, variance, skew and tails', () => {
    const key = streamKey(5, 'test');
    const values = draws(200_000, (i) => normalOf(drawAt(momentKey(key, tickKey(i)), 0)));
    expect(Math.abs(mean(values))).toBeLessThan(0.01);
    expect(Math.abs(mean(values.map((v) => v * v)) - 1)).toBeLessThan(0.02);
    expect(Math.abs(mean(values.map((v) => v ** 3)))).toBeLessThan(0.04);
    const beyond = values.filter((v) => Math.abs(v) > 3).length / values.length;
    expect(Math.abs(beyond - 0.0027)).toBeLessThan(0.0006);
    expect(Math.max(...values.slice(0, 60_000).map(Math.abs))).toBeLessThan(4.4);
  });

  test('ends where the table ends', () => {
    expect(normalOf(0)).toBeCloseTo(normalQuantile(1 / (32 * 4096)), 12);
    expect(normalOf(0xffffffff)).toBeLessThan(4.4);
    expect(normalOf(0x80000000)).toBeCloseTo(0, 12);
  });
});

describe('drawAt', () => {
  test('is uniform, and neither slots, ticks nor keys resemble their neighbours', () => {
    const one = streamKey(1, 'device:a');
    const other = streamKey(1, 'device:b');
    const at = (key: number, slot: number, tick: number): number =>
      uniformOf(drawAt(momentKey(key, tickKey(tick)), slot));
    const values = draws(20_000, (i) => at(one, 0, i));
    for (let tenth = 0; tenth < 10; tenth++) {
      const share = values.filter((v) => Math.floor(v * 10) === tenth).length / values.length;
      expect(Math.abs(share - 0.1)).toBeLessThan(0.011);
    }
    for (const neighbour of [
      draws(20_000, (i) => at(one, 1, i)),
      draws(20_000, (i) => at(one, 0, i + 1)),
      draws(20_000, (i) => at(other, 0, i)),
    ]) {
      expect(Math.abs(correlation(values, neighbour))).toBeLessThan(0.03);
    }
  });

  test('keys follow from seed and label, negative and large seeds included', () => {
    const keys = [0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 32 + 1, -(2 ** 40)].map((seed) => streamKey(seed, 'x'));
    expect(new Set(keys).size).toBe(keys.length);
    expect(streamKey(3, 'x')).toBe(streamKey(3, 'x'));
    expect(streamKey(3, 'x')).not.toBe(streamKey(3, 'y'));
  });
});

test('a seekable stream gives the same after the same seek', () => {
  const random = createSeekableRandom();
  random.seek(77);
  const first = [random.next(), random.int(10), random.normal(), random.pick(['a', 'b', 'c'])];
  random.seek(12);
  expect(random.next()).not.toBe(first[0]);
  random.seek(77);
  expect([random.next(), random.int(10), random.normal(), random.pick(['a', 'b', 'c'])]).toEqual(first);
});
