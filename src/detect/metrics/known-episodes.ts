import { isAsLong, isAsRare, isLike, type KnownEpisode } from './known-episode';

/** An episode is over after so many samples below the threshold: after as many a device is learned from again. */
const OVER_AFTER = 30;
/** What lasts for longer is no episode: after half an hour a level is the device's new normal (`device-calm.ts`). In samples. */
const LONGEST = 1800;
/** After a pause of so many samples nobody knows how it went on. */
const HOLE_SAMPLES = 20;
/** Flags of a device within an hour are held against the known length together: what keeps coming back is not what passed by itself. */
const RETURNS_WITHIN = 3600;
/** Episodes that begin within a minute on three devices, in large fleets on one in twenty, are one matter of the fleet, and no habit of devices. */
const CROWD_SAMPLES = 60;
const CROWD_DEVICES = 3;
const CROWD_SHARE = 0.05;
/** For so long after an episode its device's log lines may yet say that it was trouble. In samples. */
const PROBATION = 900;
/** Kinds of episodes that are remembered, and for about how long. */
export const MAX_KNOWN = 64;
const MEMORY_DAYS = 3;
const DAY_MS = 86_400_000;
/** Below this share of the threshold a sample adds a quarter of an alarm at most (`detect/hybrid.ts`): not worth looking at. */
export const LOOKED_AT = 0.5;

/** A stretch of flagged samples of one device that goes on. */
interface OpenEpisode {
  readonly device: number;
  readonly from: number;
  readonly fromT: number;
  /** Number of its latest flagged sample; time of its latest sample, ms. */
  last: number;
  t: number;
  flagged: number;
  peak: number;
  /** It is not to be remembered: log lines spoke, a metric stood still, other devices had it at once. */
  setAside: boolean;
  /** A sample of it was flagged in the end: not all of it was known. */
  wasTold: boolean;
  readonly lo: Float32Array;
  readonly hi: Float32Array;
  size: number;
}

/**
 * Short stretches of flagged samples that calmed by themselves while the device's log lines said nothing: what a fleet does now and then (a roll-out, a
 * restart, a backup) although training did not show it. Another one like it, on whatever device, is no rarer than the fleet has had samples of it.
 * Nothing is learned from them for the model. Live data only.
 */
export interface EpisodeBook {
  /** Numbers a sample. */
  readonly width: number;
  readonly stepMs: number;
  /** How many there are. */
  devices: number;
  /** Time of the latest sample, ms, and how many samples of that time were counted. What is new counts from the next one on, in whatever order devices come. */
  t: number;
  fresh: number;
  /** Samples counted before it, fading with the memory. */
  n: number;
  known: KnownEpisode[];
  readonly open: Map<number, OpenEpisode>;
  /** By device: 1 = an episode is open. */
  isOpen: Uint8Array;
  /** By device: flagged samples within RETURNS_WITHIN of each other, and number of the latest. */
  spent: Float64Array;
  lastFlag: Float64Array;
  /** Those that began within the last minute, and those that were over just now. */
  begun: OpenEpisode[];
  over: OpenEpisode[];
}

/** A sample that is flagged, may be together with its log lines, or belongs to an open episode. */
export interface EpisodeSample {
  readonly device: number;
  /** Its number within its device. */
  readonly sample: number;
  /** ms since 1970 UTC */
  readonly t: number;
  readonly rarity: number;
  /** Rarity at which it is flagged. */
  readonly threshold: number;
  /** Something else speaks for it being trouble: see `OpenEpisode.setAside`. */
  readonly setAside: boolean;
  /** `width` numbers in compressed deviations; read, not kept. */
  readonly values: Float32Array;
}

/** A book that knows nothing yet. width: numbers a sample; samplesPerDay: of one device, > 0. */
export function createEpisodeBook(width: number, samplesPerDay: number): EpisodeBook {
  return {
    width,
    stepMs: DAY_MS / samplesPerDay,
    devices: 0,
    t: Number.NaN,
    fresh: 0,
    n: 0,
    known: [],
    open: new Map(),
    isOpen: new Uint8Array(0),
    spent: new Float64Array(0),
    lastFlag: new Float64Array(0),
    begun: [],
    over: [],
  };
}

/** There are so many devices now, and room for `room` of them (>= devices); existing ones stay. */
export function reserveEpisodes(book: EpisodeBook, devices: number, room = devices): void {
  book.devices = Math.max(book.devices, devices);
  if (book.isOpen.length >= room) return;
  const [isOpen, spent, lastFlag] = [new Uint8Array(room), new Float64Array(room), new Float64Array(room)];
  isOpen.set(book.isOpen);
  spent.set(book.spent);
  lastFlag.set(book.lastFlag);
  Object.assign(book, { isOpen, spent, lastFlag });
}

/** Counts a sample of a device at t (ms). True: it is to be judged by `judgeEpisode`, too. isUnusual: from LOOKED_AT of the threshold on. */
export function countSample(book: EpisodeBook, device: number, t: number, isUnusual: boolean): boolean {
  if (t !== book.t) {
    book.t = t;
    book.n += book.fresh;
    book.fresh = 0;
    if (book.over.length > 0) rememberAll(book);
  }
  book.fresh += 1;
  return isUnusual || book.isOpen[device] === 1;
}

/**
 * Takes a sample that `countSample` asked for, in order of time within its device, and gives its rarity: as it is, or less where the fleet knows
 * such episodes.
 */
export function judgeEpisode(book: EpisodeBook, sample: EpisodeSample): number {
  const { rarity, threshold } = sample;
  const flagged = rarity >= threshold;
  let open = goOn(book, sample);
  if (flagged) {
    spend(book, sample);
    open ??= begin(book, sample);
    open.last = sample.sample;
    open.flagged += 1;
    open.peak = Math.max(open.peak, rarity);
  }
  if (open !== undefined) {
    open.t = sample.t;
    if (sample.setAside) open.setAside = true;
    widen(open, sample.values);
  }
  if (rarity < LOOKED_AT * threshold) return rarity;
  const told = Math.min(rarity, mostOf(book, sample));
  if (open !== undefined && told >= threshold) open.wasTold = true;
  return told;
}

/** Forgets what was remembered a short while ago of devices whose log lines have spoken since. hasSpoken: of a device; sampleOf: how far it is. */
export function revokeEpisodes(
  book: EpisodeBook,
  hasSpoken: (device: number) => boolean,
  sampleOf: (device: number) => number,
): void {
  const stays = ({ device, until }: KnownEpisode): boolean =>
    device < 0 || sampleOf(device) > until || !hasSpoken(device);
  if (!book.known.every(stays)) book.known = book.known.filter(stays);
}

/** The device's open episode, unless it is over with this sample. */
function goOn(book: EpisodeBook, { device, sample, t }: EpisodeSample): OpenEpisode | undefined {
  const open = book.open.get(device);
  if (open === undefined) return undefined;
  const isCut = !(t >= open.t && t - open.t <= HOLE_SAMPLES * book.stepMs);
  if (!isCut && sample - open.last <= OVER_AFTER) return open;
  book.open.delete(device);
  book.isOpen[device] = 0;
  if (!isCut) book.over.push(open);
  return undefined;
}

function begin(book: EpisodeBook, { device, sample, t, values }: EpisodeSample): OpenEpisode {
  const open: OpenEpisode = {
    device,
    from: sample,
    fromT: t,
    last: sample,
    t,
    flagged: 0,
    peak: 0,
    setAside: false,
    wasTold: false,
    lo: new Float32Array(values.length),
    hi: new Float32Array(values.length),
    size: 0,
  };
  book.open.set(device, open);
  book.isOpen[device] = 1;
  book.begun = book.begun.filter((other) => Math.abs(t - other.fromT) <= CROWD_SAMPLES * book.stepMs);
  book.begun.push(open);
  const devices = new Set(book.begun.map((other) => other.device)).size;
  if (devices >= Math.max(CROWD_DEVICES, CROWD_SHARE * book.devices)) {
    for (const other of book.begun) other.setAside = true;
  }
  return open;
}

function spend({ spent, lastFlag }: EpisodeBook, { device, sample }: EpisodeSample): void {
  spent[device] = sample - lastFlag[device] > RETURNS_WITHIN ? 1 : spent[device] + 1;
  lastFlag[device] = sample;
}

function rememberAll(book: EpisodeBook): void {
  for (const episode of book.over.sort((a, b) => a.device - b.device)) remember(book, episode);
  book.over = [];
}

/** What is over is remembered if it was short and nothing spoke against it. */
function remember(book: EpisodeBook, episode: OpenEpisode): void {
  const { device, last, flagged, peak, lo, hi, size } = episode;
  if (episode.setAside || last - episode.from >= LONGEST) return;
  const like = book.known.find(
    (known) => isAsLong(known, flagged) && isAsRare(known, peak) && isLike(known, lo) && isLike(known, hi),
  );
  if (like !== undefined && !episode.wasTold) {
    // Its bounds stay as they are: step by step they would come to hold anything.
    like.samples += flagged;
    return;
  }
  fade(book);
  if (book.known.length >= MAX_KNOWN) {
    const fewest = book.known.reduce((least, known) => (known.samples < least.samples ? known : least));
    book.known.splice(book.known.indexOf(fewest), 1);
  }
  book.known.push({ lo, hi, size, peak, flagged, samples: flagged, device, until: last + PROBATION });
}

/** Halves all counts once they are of more than the memory holds. */
function fade(book: EpisodeBook): void {
  while (book.n > (MEMORY_DAYS * DAY_MS * Math.max(1, book.devices)) / book.stepMs) {
    book.n /= 2;
    for (const known of book.known) known.samples /= 2;
  }
}

/** The most that a sample's rarity may be: how rarely the fleet has met such samples in episodes like the one that it would belong to. */
function mostOf(book: EpisodeBook, { device, sample, rarity, values }: EpisodeSample): number {
  const spent = sample - book.lastFlag[device] > RETURNS_WITHIN ? 0 : book.spent[device];
  let samples = 0;
  for (const known of book.known) {
    if (isAsLong(known, spent) && isAsRare(known, rarity) && isLike(known, values)) samples += known.samples;
  }
  return samples > 0 ? Math.max(0, Math.log10(book.n / samples)) : Number.POSITIVE_INFINITY;
}

function widen(open: OpenEpisode, values: Float32Array): void {
  const { lo, hi } = open;
  let all = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k];
    if (value < lo[k]) lo[k] = value;
    if (value > hi[k]) hi[k] = value;
    all += value * value;
  }
  open.size = Math.max(open.size, Math.sqrt(all));
}
