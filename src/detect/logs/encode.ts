import { LOG_LEVELS } from '../../domain/telemetry';
import { isAtomChar } from './masks';
import type { LineScan } from './normalise';

/** Length of an encoded line. */
export const ENCODING_SLOTS = 64;

const LEVELS = LOG_LEVELS.length;
/** Length, share of digits, of capitals, of punctuation. */
export const SHAPE_AT = LEVELS;
export const SHAPES = 4;
/** Bits of a hash of all words in order: tells templates apart that share most words. */
const SIGNATURE_AT = SHAPE_AT + SHAPES;
const SIGNATURE_BITS = 8;
const WORDS_AT = SIGNATURE_AT + SIGNATURE_BITS;
/** Each word fills this many of the remaining slots (a Bloom filter of the words), so that two words seldom look the same. */
const SLOTS_PER_WORD = 2;
const WORD_SLOTS = ENCODING_SLOTS - WORDS_AT;

const LENGTH_STEPS = 16;
const SHARE_STEPS = 8;
const SHARE_VALUES = SHARE_STEPS + 1;

/** Number of different packed shapes: a shape is a whole number below it. */
export const SHAPE_COUNT = (LENGTH_STEPS + 1) * SHARE_VALUES ** 3;

/** What each slot stands for, for people. */
export const SLOT_NAMES: readonly string[] = [
  ...LOG_LEVELS.map((level) => `level ${level}`),
  'length',
  'share of digits',
  'share of capitals',
  'share of punctuation',
  ...Array.from({ length: SIGNATURE_BITS }, (_, i) => `template bit ${i + 1}`),
  ...Array.from({ length: WORD_SLOTS }, (_, i) => `words ${i + 1}`),
];

/**
 * The shape of a line as one whole number below SHAPE_COUNT: length in 17 steps (logarithmic, up to the line limit), shares of
 * digits, capitals and punctuation in ninths. Coarse on purpose: lines of one template fall on few shapes. An empty line has shape 0.
 */
export function packShape(scan: LineScan): number {
  const length = Math.min(LENGTH_STEPS, Math.round(Math.log2(1 + scan.chars) * 1.4));
  const n = Math.max(1, scan.scanned);
  const digits = Math.round((scan.digits / n) * SHARE_STEPS);
  const upper = Math.round((scan.upper / n) * SHARE_STEPS);
  const punctuation = Math.round((scan.punctuation / n) * SHARE_STEPS);
  return ((length * SHARE_VALUES + digits) * SHARE_VALUES + upper) * SHARE_VALUES + punctuation;
}

/**
 * Encodes a line into `out[at .. at + ENCODING_SLOTS)`, all in [0, 1].
 * words: word hashes in order (0 = none, skipped); level: index into LOG_LEVELS; shape: from `packShape`.
 */
export function encodeLine(
  words: ArrayLike<number>,
  level: number,
  shape: number,
  out: Float32Array,
  at: number,
): void {
  out.fill(0, at, at + ENCODING_SLOTS);
  out[at + Math.min(level, LEVELS - 1)] = 1;
  let rest = shape;
  for (let i = SHAPES - 1; i > 0; i--) {
    out[at + SHAPE_AT + i] = (rest % SHARE_VALUES) / SHARE_STEPS;
    rest = Math.floor(rest / SHARE_VALUES);
  }
  out[at + SHAPE_AT] = rest / LENGTH_STEPS;
  const signature = hashWords(words);
  for (let bit = 0; bit < SIGNATURE_BITS; bit++) out[at + SIGNATURE_AT + bit] = (signature >>> (bit * 4 + 2)) & 1;
  for (let i = 0; i < words.length; i++) {
    if (words[i] === 0) continue;
    for (let k = 0; k < SLOTS_PER_WORD; k++) out[at + wordSlot(words[i], k)] = 1;
  }
}

/** The slots that a word fills. */
export function slotsOfWord(word: number): readonly number[] {
  return Array.from({ length: SLOTS_PER_WORD }, (_, k) => wordSlot(word, k));
}

function wordSlot(word: number, k: number): number {
  return WORDS_AT + ((Math.imul(word ^ (k * 0x9e3779b9), 0x85ebca6b) >>> 8) % WORD_SLOTS);
}

/** FNV-1a over word hashes in order; zeros are skipped. Never 0. */
export function hashWords(words: ArrayLike<number>): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) {
    if (words[i] === 0) continue;
    hash = Math.imul(hash ^ words[i], 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash >>> 0 || 1;
}

/**
 * Hash of the letters of a masked token, without case and punctuation, so that `Failed:` is `failed`. 0 when it holds fewer than two letters:
 * nothing to learn from. text: a token as `tokenText` gives it.
 */
export function hashWord(text: string): number {
  let hash = 0x811c9dc5;
  let letters = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isAtomChar(code) || code === 95) continue;
    letters++;
    hash = Math.imul(hash ^ (code >= 65 && code <= 90 ? code + 32 : code), 0x01000193);
  }
  return letters < 2 ? 0 : hash || 1;
}
