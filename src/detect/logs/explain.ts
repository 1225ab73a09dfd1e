import type { LogMemberId } from '../../domain/members';
import { LOG_LEVELS } from '../../domain/telemetry';
import type { LogExplanation } from '../../domain/verdicts';
import { ENCODING_SLOTS, encodeLine, hashWord, SHAPE_AT, SHAPES, SLOT_NAMES, slotsOfWord } from './encode';
import type { SeenLine } from './line-scorer';
import type { LineJudgement, LogModel } from './log-model';
import { isLasting, type News } from './news';
import { createLineScan, MAX_LINE_CHARS, scanLine, tokenText } from './normalise';
import type { SessionFinding } from './session-member';
import { noteSession } from './session-notes';
import { type Template, templateText } from './template';

const MAX_WORDS = 6;
const MAX_WORD_CHARS = 60;
/** A member is named in the notes from this rarity on: 1 in 100. */
const NOTED_RARITY = 2;
/** A template is called clumped from this mean of ln(1 + s) on: about four standard deviations above its share. */
const NOTED_CLUMPING = 1.6;
/** Share of the error from which level or shape is named. */
const NOTED_SHARE = 0.15;

/** A line that stands out, and what the pipeline knows of it. */
export interface LineToExplain {
  readonly line: number;
  readonly text: string;
  readonly level: number;
  readonly shape: number;
  readonly template: Template;
  readonly seen: SeenLine;
  readonly judgement: LineJudgement;
  /** Decaying count of the template on this device. */
  readonly burst: number;
  /** What the fleet has said of the template, where training did not know it. */
  readonly news: News | undefined;
  /** What was found in a session and is told on this line. */
  readonly session: SessionFinding | undefined;
}

/** What explanations are worded with. textOf: a template's text, for sessions; ofOwnLines: the model was trained on the very log that is explained. */
export interface Wording {
  readonly textOf: (template: number) => string;
  readonly ofOwnLines: boolean;
}

/** Explains lines by the model that scored them: one network call for all. */
export function explainLines(
  model: LogModel,
  lines: readonly LineToExplain[],
  { textOf, ofOwnLines }: Wording,
): LogExplanation[] {
  if (lines.length === 0) return [];
  const rows = new Float32Array(lines.length * ENCODING_SLOTS);
  lines.forEach((line, i) => {
    encodeLine(line.seen.words, line.level, line.shape, rows, i * ENCODING_SLOTS);
  });
  const repeated = model.network.reconstruct(rows, lines.length);
  const nearest = new Map<number, string>();
  return lines.map((line, i) => {
    const slots = slotErrors(rows, repeated, i * ENCODING_SLOTS);
    let nearestTemplate = nearest.get(line.template.id);
    if (nearestTemplate === undefined) {
      nearestTemplate = findNearestTemplate(model, line);
      nearest.set(line.template.id, nearestTemplate);
    }
    const words = wordsOf(line);
    return {
      line: line.line,
      words: shareWords(words, slots),
      template: templateText(line.template.tokens),
      nearestTemplate,
      templateSeenInTraining: model.templates.has(line.template.id),
      notes: [
        ...(line.session === undefined ? [] : noteSession(line.session, textOf)),
        ...noteNovelty(model, line, words, ofOwnLines),
        ...noteMembers(model, line, slots),
      ],
      members: listMembers(line.judgement, line.session),
    };
  });
}

function listMembers(
  judgement: LineJudgement,
  session: SessionFinding | undefined,
): { readonly id: LogMemberId; readonly rarity: number }[] {
  const { reconstruction, novelty, level, burst } = judgement;
  return [
    { id: 'autoencoder', rarity: reconstruction },
    { id: 'novelty', rarity: novelty },
    { id: 'level', rarity: level },
    { id: 'burst', rarity: burst },
    ...(session === undefined ? [] : [{ id: 'session', rarity: session.rarity } as const]),
  ];
}

interface Word {
  readonly text: string;
  readonly hash: number;
}

/** Words that the encoding holds, once each, as the line writes them. */
function wordsOf(line: LineToExplain): Word[] {
  const scan = createLineScan();
  scanLine(line.text, 0, line.text.length, scan);
  const words = new Map<number, string>();
  for (let i = 0; i < scan.tokens && i < line.seen.words.length; i++) {
    const hash = line.seen.words[i];
    // seen.words may be the template's, which differ from the line's in case and punctuation only.
    const text = tokenText(scan, i);
    if (hash !== 0 && hash === hashWord(text)) words.set(hash, trimPunctuation(text).slice(0, MAX_WORD_CHARS));
  }
  return [...words].map(([hash, text]) => ({ hash, text }));
}

/** `(failed:` is `failed`; text inside stays. */
function trimPunctuation(text: string): string {
  let from = 0;
  let to = text.length;
  const isPlain = (code: number): boolean => code < 128 && !/[A-Za-z0-9_<>*]/.test(String.fromCharCode(code));
  while (from < to && isPlain(text.charCodeAt(from))) from++;
  while (to > from && isPlain(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

/** Each slot's share of the squared error; adds to 1, or all 0 where nothing deviates. */
function slotErrors(rows: Float32Array, repeated: Float32Array, at: number): Float64Array {
  const shares = new Float64Array(ENCODING_SLOTS);
  let sum = 0;
  for (let j = 0; j < ENCODING_SLOTS; j++) {
    shares[j] = (rows[at + j] - repeated[at + j]) ** 2;
    sum += shares[j];
  }
  return sum > 0 ? shares.map((share) => share / sum) : shares;
}

/** The words by their part of the error: a slot's error belongs to the words that fill it, in equal parts. Largest first. */
function shareWords(words: readonly Word[], slots: Float64Array): LogExplanation['words'] {
  const fillers = new Float64Array(ENCODING_SLOTS);
  const slotsOf = words.map((word) => [...new Set(slotsOfWord(word.hash))]);
  for (const filled of slotsOf) for (const slot of filled) fillers[slot]++;
  return words
    .map((word, i) => ({
      word: word.text,
      share: slotsOf[i].reduce((sum, slot) => sum + slots[slot] / fillers[slot], 0),
    }))
    .sort((a, b) => b.share - a.share)
    .slice(0, MAX_WORDS);
}

/** The trained template that shares most words with the line (Jaccard); its own, or that of its group, where it was trained. '' without any. */
function findNearestTemplate(model: LogModel, line: LineToExplain): string {
  if (line.seen.trained !== undefined) return templateText(line.seen.trained.tokens);
  const words = new Set(Array.from(line.seen.words).filter((word) => word !== 0));
  let best = -1;
  let nearest = '';
  for (const template of model.templates.values()) {
    let shared = 0;
    let own = 0;
    for (const word of template.words) {
      if (word === 0) continue;
      own++;
      if (words.has(word)) shared++;
    }
    const likeness = shared / Math.max(1, words.size + own - shared);
    if (likeness > best) {
      best = likeness;
      nearest = templateText(template.tokens);
    }
  }
  return nearest;
}

/** What is new about a line. A log that is its own training has had all of its lines: what was left out there comes at this place alone. */
function noteNovelty(model: LogModel, line: LineToExplain, words: readonly Word[], ofOwnLines: boolean): string[] {
  const notes: string[] = [];
  const { novelty } = line.seen;
  if (novelty === 'unseen') {
    notes.push(ofOwnLines ? 'template comes nowhere else in this log' : 'template never seen in training');
  }
  if (novelty === 'changed') {
    notes.push(`words differ from the template ${ofOwnLines ? 'elsewhere in this log' : 'of training'}`);
  }
  const unknown = words.filter((word) => !model.vocabulary.has(word.hash)).map((word) => `"${word.text}"`);
  if (unknown.length === 0) return notes;
  const [noun, verb] = unknown.length === 1 ? ['word', 'comes'] : ['words', 'come'];
  const where = ofOwnLines ? `that ${verb} nowhere else in this log` : 'never seen in training';
  return [...notes, `${noun} ${where}: ${unknown.slice(0, 4).join(', ')}`];
}

function noteMembers(model: LogModel, line: LineToExplain, slots: Float64Array): string[] {
  const { judgement, seen } = line;
  const level = LOG_LEVELS[line.level];
  const notes: string[] = [];
  if (line.news !== undefined && isLasting(line.news, line.level)) {
    notes.push(`no more than two devices say so; this one in ${line.news.hour} of the last 60 minutes`);
  }
  if (judgement.level >= NOTED_RARITY) {
    notes.push(`level ${level} is rare: at most ${formatShare(model.atLeast[line.level])} of lines are as bad`);
  }
  if (judgement.burst >= NOTED_RARITY) {
    notes.push(`burst: about ${Math.round(line.burst)} such lines from this device in the last 10 s`);
  }
  if ((seen.trained?.clumping ?? 0) >= NOTED_CLUMPING) notes.push('such lines come in outbreaks');
  if (judgement.reconstruction >= NOTED_RARITY) notes.push(...noteSlots(slots, level));
  if (line.text.length > MAX_LINE_CHARS) {
    notes.push(`line of ${line.text.length} characters was cut at ${MAX_LINE_CHARS}`);
  }
  return notes;
}

/** Level and shape where they make up a good part of the error. */
function noteSlots(slots: Float64Array, level: string): string[] {
  const notes: string[] = [];
  let levelShare = 0;
  for (let slot = 0; slot < LOG_LEVELS.length; slot++) levelShare += slots[slot];
  if (levelShare >= NOTED_SHARE) notes.push(`level ${level} is unusual for such a line`);
  for (let slot = SHAPE_AT; slot < SHAPE_AT + SHAPES; slot++) {
    if (slots[slot] >= NOTED_SHARE) notes.push(`${SLOT_NAMES[slot]} is unusual for such a line`);
  }
  return notes;
}

function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent >= 1 ? percent.toFixed(1) : percent.toPrecision(2)} %`;
}
