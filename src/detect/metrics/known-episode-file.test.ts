import { expect, it } from 'vitest';
import { readEpisodes, resumeEpisodes, saveEpisodes } from './known-episode-file';
import { createEpisodeBook, type EpisodeBook } from './known-episodes';

const WIDTH = 2;

function createBook(): EpisodeBook {
  const book = createEpisodeBook(WIDTH, 86_400);
  const known = { size: 8.5, peak: 7, flagged: 20, samples: 30, device: 1, until: 900 };
  book.known.push({ lo: Float32Array.of(-8, -1), hi: Float32Array.of(0, 1), ...known });
  book.n = 5000;
  book.fresh = 3;
  return book;
}

const saved = () => saveEpisodes(createBook()) as Record<string, unknown>;

it('comes back as it was, but for what log lines of the present data might have revoked', () => {
  const read = readEpisodes(saved(), WIDTH, 'episodes');
  if (!read.ok) throw new Error(read.error.message);
  const book = createEpisodeBook(WIDTH, 86_400);
  resumeEpisodes(book, read.value);
  expect(book.n).toBe(5003);
  expect(book.known).toEqual([{ ...createBook().known[0], device: -1, until: -1 }]);
});

it('comes back from models of earlier versions, which counted the episodes as well', () => {
  const read = readEpisodes({ ...saved(), episodes: Float64Array.of(2) }, WIDTH, 'episodes');
  expect(read).toEqual(readEpisodes(saved(), WIDTH, 'episodes'));
});

it('comes back empty where nothing was known', () => {
  const read = readEpisodes(saveEpisodes(createEpisodeBook(WIDTH, 86_400)), WIDTH, 'episodes');
  expect(read).toEqual({ ok: true, value: { n: 0, known: [] } });
});

it.each([
  ['n', -1, 'episodes.n must be a number in [0, 9007199254740991], got -1'],
  ['samples', Float64Array.of(5004), 'episodes.samples[0] must be in [0, 5003], got 5004'],
  ['flagged', Float64Array.of(0), 'episodes.flagged[0] must be in [1, 9007199254740991], got 0'],
  ['peak', Float64Array.of(13), 'episodes.peak[0] must be in [0, 12], got 13'],
  ['lo', Float32Array.of(-8), 'episodes.lo must have 2 entries, got 1'],
  ['lo', Float32Array.of(-8, 2), 'episodes.lo[1] must not be above hi, got 2'],
  ['hi', Float32Array.of(Number.NaN, 1), 'episodes.hi[0] must be in [-1000000, 1000000], got NaN'],
  ['size', new Float64Array(65), 'episodes.size must have at most 64 entries, got 65'],
  ['more', 1, 'episodes.more is not known'],
])('refuses a wrong %s, showing value and place', (key, value, message) => {
  const read = readEpisodes({ ...saved(), [key]: value }, WIDTH, 'episodes');
  expect(read.ok ? '' : read.error.message).toBe(message);
});
