import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { MAX_RARITY } from '../../domain/scores';
import { readArray, readNumber, readObject } from '../read-saved';
import type { KnownEpisode } from './known-episode';
import { type EpisodeBook, MAX_KNOWN } from './known-episodes';

/** What a model remembers of episodes, checked. */
export interface SavedEpisodes {
  readonly n: number;
  readonly known: readonly KnownEpisode[];
}

const KEYS = ['n', 'lo', 'hi', 'size', 'peak', 'flagged', 'samples'];
/** A count that nothing asks for; models of earlier versions of the app hold it. */
const UNREAD_KEY = 'episodes';
/** No compressed deviation comes near it. */
const FARTHEST = 1e6;
const MOST = Number.MAX_SAFE_INTEGER;

/** The known episodes as plain values: bounds and counts, no sample. What goes on, and what log lines may yet revoke, is of the present data. */
export function saveEpisodes({ n, fresh, known }: EpisodeBook): PlainData {
  const column = (key: 'size' | 'peak' | 'flagged' | 'samples'): Float64Array =>
    Float64Array.from(known, (one) => one[key]);
  return {
    n: n + fresh,
    lo: Float32Array.from(known.flatMap(({ lo }) => [...lo])),
    hi: Float32Array.from(known.flatMap(({ hi }) => [...hi])),
    size: column('size'),
    peak: column('peak'),
    flagged: column('flagged'),
    samples: column('samples'),
  };
}

/** Reads what `saveEpisodes` gave for `width` numbers a sample, trusting nothing. Errors: bad-model naming the field. */
export function readEpisodes(saved: unknown, width: number, path: string): Result<SavedEpisodes, 'bad-model'> {
  const isOld = typeof saved === 'object' && saved !== null && UNREAD_KEY in saved;
  const object = readObject(saved, path, isOld ? [...KEYS, UNREAD_KEY] : KEYS);
  if (!object.ok) return object;
  const fields = object.value;
  const n = readNumber(fields.n, `${path}.n`, 0, MOST);
  if (!n.ok) return n;
  const size = readArray(fields.size, `${path}.size`, Float64Array, { maxLength: MAX_KNOWN, min: 0, max: FARTHEST });
  if (!size.ok) return size;
  const { length } = size.value;
  const bounds = { length: length * width, min: -FARTHEST, max: FARTHEST };
  const lo = readArray(fields.lo, `${path}.lo`, Float32Array, bounds);
  if (!lo.ok) return lo;
  const hi = readArray(fields.hi, `${path}.hi`, Float32Array, bounds);
  if (!hi.ok) return hi;
  const crossed = lo.value.findIndex((low, k) => low > hi.value[k]);
  if (crossed >= 0) return err('bad-model', `${path}.lo[${crossed}] must not be above hi, got ${lo.value[crossed]}`);
  const peak = readArray(fields.peak, `${path}.peak`, Float64Array, { length, min: 0, max: MAX_RARITY });
  if (!peak.ok) return peak;
  const flagged = readArray(fields.flagged, `${path}.flagged`, Float64Array, { length, min: 1, max: MOST });
  if (!flagged.ok) return flagged;
  const samples = readArray(fields.samples, `${path}.samples`, Float64Array, { length, min: 0, max: n.value });
  if (!samples.ok) return samples;
  const known = Array.from(
    size.value,
    (own, k): KnownEpisode => ({
      lo: lo.value.slice(k * width, (k + 1) * width),
      hi: hi.value.slice(k * width, (k + 1) * width),
      size: own,
      peak: peak.value[k],
      flagged: flagged.value[k],
      samples: samples.value[k],
      device: -1,
      until: -1,
    }),
  );
  return ok({ n: n.value, known });
}

/** A new book goes on from what a model remembers. */
export function resumeEpisodes(book: EpisodeBook, { n, known }: SavedEpisodes): void {
  book.n = n;
  book.known = [...known];
}
