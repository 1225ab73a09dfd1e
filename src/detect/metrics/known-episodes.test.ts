import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countSample,
  createEpisodeBook,
  type EpisodeBook,
  judgeEpisode,
  LOOKED_AT,
  MAX_KNOWN,
  reserveEpisodes,
  revokeEpisodes,
} from './known-episodes';

const THRESHOLD = 5;
const DAY = 86_400;
const DIP = [-8, 0, 0];
const CALM = [0, 0, 0];

function createBook(devices = 4): EpisodeBook {
  const book = createEpisodeBook(3, DAY);
  reserveEpisodes(book, devices);
  return book;
}

/** One sample a second; its number is its second. */
function step(
  book: EpisodeBook,
  device: number,
  second: number,
  said: { readonly rarity: number; readonly values: readonly number[]; readonly setAside?: boolean },
): number {
  const { rarity, values, setAside = false } = said;
  if (!countSample(book, device, second * 1000, rarity >= LOOKED_AT * THRESHOLD)) return rarity;
  const sample = { device, sample: second, t: second * 1000, rarity, threshold: THRESHOLD, setAside };
  return judgeEpisode(book, { ...sample, values: Float32Array.from(values) });
}

interface Event {
  readonly device: number;
  readonly from: number;
  readonly seconds?: number;
  readonly rarity?: number;
  readonly values?: readonly number[];
  readonly setAside?: boolean;
}

/** An event and the calm after it; gives what its samples were told with. */
function play(book: EpisodeBook, event: Event): number[] {
  const { device, from, seconds = 20, rarity = 7, values = DIP, setAside = false } = event;
  const told = Array.from({ length: seconds }, (_, k) => step(book, device, from + k, { rarity, values, setAside }));
  for (let k = 0; k < 40; k++) step(book, device, from + seconds + k, { rarity: 0.4, values: CALM });
  return told;
}

describe('an episode that passed by itself', () => {
  it('is told in full at first; on another device, later, no rarer than the fleet has had samples of it', () => {
    const book = createBook();
    expect(play(book, { device: 0, from: 100 })).toEqual(Array(20).fill(7));
    book.n = 200_000;
    book.fresh = 0;
    const told = play(book, { device: 1, from: 1000 });
    // 20 flagged samples among those that came before.
    expect(told[0]).toBeCloseTo(Math.log10(200_000 / 20), 10);
    expect(told[19]).toBeCloseTo(Math.log10(200_019 / 20), 10);
  });

  it('counts for more each time that it comes', () => {
    const book = createBook();
    play(book, { device: 0, from: 100 });
    play(book, { device: 1, from: 1000 });
    expect(book.known.map(({ samples, flagged }) => [samples, flagged])).toEqual([[40, 20]]);
  });

  it('is as rare as its samples are in a large fleet: one device of many makes nothing ordinary', () => {
    const book = createBook();
    play(book, { device: 0, from: 100 });
    book.devices = 10_000;
    book.n = 3_000_000;
    expect(play(book, { device: 1, from: 1000 })[0]).toBeGreaterThan(THRESHOLD);
  });

  it('fades from memory: after three days of the fleet all counts are halved', () => {
    const book = createBook(1);
    play(book, { device: 0, from: 100 });
    book.n = 3 * DAY + 1000;
    play(book, { device: 0, from: 300_000, values: [0, 9, 0] });
    expect(book.known.map(({ samples }) => samples)).toEqual([10, 20]);
    expect(book.n).toBeCloseTo((3 * DAY + 1060) / 2, -2);
  });
});

describe('another episode is told in full where it', () => {
  const known = (): EpisodeBook => {
    const book = createBook(40);
    play(book, { device: 0, from: 100 });
    return book;
  };

  it('goes another way', () => {
    expect(play(known(), { device: 1, from: 1000, values: [8, 0, 0] })[0]).toBe(7);
    expect(play(known(), { device: 1, from: 1000, values: [0, -8, 0] })[0]).toBe(7);
    expect(play(known(), { device: 1, from: 1000, values: [-8, 8, 0] })[0]).toBe(7);
  });

  it('goes further, or is rarer by more than a factor of ten', () => {
    expect(play(known(), { device: 1, from: 1000, values: [-8.7, 0, 0] })[0]).toBeLessThan(THRESHOLD);
    expect(play(known(), { device: 1, from: 1000, values: [-9, 0, 0] })[0]).toBe(7);
    expect(play(known(), { device: 1, from: 1000, rarity: 8.1 })[0]).toBe(8.1);
  });

  it('lasts for longer: from more than half as long again and ten samples on', () => {
    const told = play(known(), { device: 1, from: 1000, seconds: 60 });
    expect(told.indexOf(7)).toBe(40);
  });

  it('comes back to the same device within the hour: all of that hour counts as one', () => {
    const book = known();
    for (const from of [1000, 1100]) expect(play(book, { device: 1, from })[0]).toBeLessThan(THRESHOLD);
    expect(play(book, { device: 1, from: 1200 })[0]).toBe(7);
    expect(play(book, { device: 1, from: 5000 })[0]).toBeLessThan(THRESHOLD);
  });
});

describe('what is not remembered', () => {
  it('came with something else that spoke of trouble, even at one of its samples', () => {
    const book = createBook();
    play(book, { device: 0, from: 100, setAside: true });
    expect(book.known).toEqual([]);
    for (let k = 0; k < 20; k++) step(book, 1, 1000 + k, { rarity: 7, values: DIP, setAside: k === 10 });
    play(book, { device: 1, from: 1020, seconds: 1 });
    expect(book.known).toEqual([]);
  });

  it('was told of by log lines within a quarter of an hour after it, and is forgotten then', () => {
    const book = createBook();
    play(book, { device: 0, from: 100 });
    revokeEpisodes(
      book,
      (device) => device === 1,
      () => 200,
    );
    expect(book.known).toHaveLength(1);
    revokeEpisodes(
      book,
      (device) => device === 0,
      () => 119 + 901,
    );
    expect(book.known).toHaveLength(1);
    revokeEpisodes(
      book,
      (device) => device === 0,
      () => 119 + 900,
    );
    expect(book.known).toEqual([]);
  });

  it('lasted for half an hour', () => {
    const book = createBook();
    play(book, { device: 0, from: 100, seconds: 1801 });
    expect(book.known).toEqual([]);
    play(book, { device: 1, from: 100, seconds: 1800 });
    expect(book.known).toHaveLength(1);
  });

  it('began on three devices within a minute, in a large fleet on one in twenty', () => {
    const atOnce = (devices: number, hit: number): number => {
      const book = createBook(devices);
      for (let second = 0; second < 90; second++) {
        for (let device = 0; device < hit; device++) {
          const isOn = second >= device * 10 && second < device * 10 + 20;
          step(book, device, 100 + second, isOn ? { rarity: 7, values: DIP } : { rarity: 0.4, values: CALM });
        }
      }
      return book.known.length;
    };
    expect(atOnce(40, 2)).toBe(2);
    expect(atOnce(40, 3)).toBe(0);
    expect(atOnce(100, 4)).toBe(4);
    expect(atOnce(100, 5)).toBe(0);
  });

  it('was cut off: nobody knows how it went on', () => {
    const book = createBook();
    for (let k = 0; k < 20; k++) step(book, 0, 100 + k, { rarity: 7, values: DIP });
    const later = { device: 0, sample: 120, t: 9_000_000, rarity: 0.4, threshold: THRESHOLD, setAside: false };
    countSample(book, 0, later.t, false);
    judgeEpisode(book, { ...later, values: Float32Array.from(CALM) });
    expect([book.known, book.open.size, book.isOpen[0]]).toEqual([[], 0, 0]);
  });
});

describe('the book', () => {
  it('holds a bounded number of kinds, and lets go of the one met least', () => {
    const book = createBook(200);
    for (let k = 0; k <= MAX_KNOWN; k++) {
      play(book, { device: k, from: 100 + 200 * k, values: [5 * 1.2 ** k, 0, 0], seconds: k === 7 ? 10 : 20 });
    }
    expect(book.known).toHaveLength(MAX_KNOWN);
    expect(book.known.every(({ flagged }) => flagged === 20)).toBe(true);
  });

  it('never makes anything rarer, and nothing negative', () => {
    const said = fc.record({
      device: fc.nat(3),
      rarity: fc.double({ min: 0, max: 12, noNaN: true }),
      level: fc.double({ min: -10, max: 10, noNaN: true }),
      setAside: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(said, { maxLength: 300 }), (stream) => {
        const book = createBook();
        stream.forEach(({ device, rarity, level, setAside }, second) => {
          const told = step(book, device, second, { rarity, values: [level, -level, 1], setAside });
          expect(told).toBeLessThanOrEqual(rarity);
          expect(told).toBeGreaterThanOrEqual(0);
        });
        expect(book.known.length).toBeLessThanOrEqual(MAX_KNOWN);
      }),
      { numRuns: 60 },
    );
  });
});
