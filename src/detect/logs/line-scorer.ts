import { LOG_LEVELS } from '../../domain/telemetry';
import { type Autoencoder, reconstructionErrors } from './autoencoder';
import { ENCODING_SLOTS, encodeLine, hashWord, SHAPE_COUNT } from './encode';
import type { LineJudgement, LogModel, Novelty, TrainedTemplate } from './log-model';
import { type LineScan, TOKEN_PARAMETER, tokenText } from './normalise';
import type { Template } from './template';

/** Encodings whose errors are remembered. */
const MAX_REMEMBERED = 20_000;
const LEVEL_COUNT = 6;
/** A template is settled after so many lines over so long. */
const SETTLED_LINES = 8;
const SETTLED_MS = 3_600_000;
const ERROR = LOG_LEVELS.indexOf('error');
const CRITICAL = LOG_LEVELS.indexOf('critical');

/** A line as the model sees it: how it stands to training, and the words to encode. */
export interface SeenLine {
  readonly novelty: Novelty;
  readonly trained: TrainedTemplate | undefined;
  /** Word hashes by token, 0 = none. */
  readonly words: ArrayLike<number>;
}

/**
 * Compares a line with the template of training. Where a word that was constant in training differs, the line's own word counts.
 * The scan must be the line's own, as `template` was matched with it. level: index into LOG_LEVELS.
 */
export function seeLine(model: LogModel, template: Template, scan: LineScan, level: number): SeenLine {
  // A template that joined a group after the training is compared with the first of its group.
  const trained = model.templates.get(template.id) ?? model.templates.get(template.group);
  if (trained === undefined) {
    const novelty = isSettled(template, level) ? 'settled' : 'unseen';
    return { novelty, trained, words: ownWords(scan, template.hashes) };
  }
  for (let i = 0; i < scan.tokens; i++) {
    if (trained.hashes[i] === 0 || trained.hashes[i] === scan.hash[i]) continue;
    const words = ownWords(scan, trained.hashes);
    // Case and punctuation alone are no change.
    const same = words.every((word, k) => word === trained.words[k]);
    return same ? { novelty: 'seen', trained, words: trained.words } : { novelty: 'changed', trained, words };
  }
  return { novelty: 'seen', trained, words: trained.words };
}

/**
 * Whether a template that was not there in training is ordinary by now. Faults are over sooner, and what is an error stays one: without this, all lines of
 * a kind that a log takes up after the warm-up would be flagged for ever, and never be learned because they are flagged.
 */
function isSettled({ count, firstSeen, lastSeen }: Template, level: number): boolean {
  return count > SETTLED_LINES && lastSeen - firstSeen >= SETTLED_MS && level !== ERROR && level !== CRITICAL;
}

/** Words of the line where `constant` is not 0. */
function ownWords(scan: LineScan, constant: Int32Array): Int32Array {
  const words = new Int32Array(scan.tokens);
  for (let i = 0; i < scan.tokens; i++) {
    if (constant[i] !== 0 && scan.kind[i] !== TOKEN_PARAMETER) words[i] = hashWord(tokenText(scan, i));
  }
  return words;
}

/** Reconstruction errors of one model, each encoding computed once. */
export interface LineScorer {
  /** Forgets what is too much. Call before a batch: handles of earlier batches are void afterwards. */
  begin(): void;
  /** A handle to the error of this line, which is known after `resolve`. */
  ask(line: SeenLine, level: number, shape: number): number;
  /** Computes what is not known yet, in one pass. */
  resolve(): void;
  errorOf(handle: number): number;
  /** What `remember` was given for this handle; undefined = nothing yet. */
  recall(handle: number): LineJudgement | undefined;
  /** Keeps a judgement that follows from the encoding alone. */
  remember(handle: number, judgement: LineJudgement): void;
}

/** A scorer for one model's network; nothing of it needs freeing. */
export function createLineScorer(network: Autoencoder): LineScorer {
  const handles = new Map<number | string, number>();
  let judgements: (LineJudgement | undefined)[] = [];
  let errors = new Float32Array(1024);
  let resolved = 0;
  let waiting = new Float32Array(64 * ENCODING_SLOTS);

  return {
    begin() {
      if (handles.size < MAX_REMEMBERED) return;
      handles.clear();
      judgements = [];
      resolved = 0;
    },
    ask(line, level, shape) {
      const key = keyOf(line, level, shape);
      const known = handles.get(key);
      if (known !== undefined) return known;
      const handle = handles.size;
      handles.set(key, handle);
      judgements.push(undefined);
      const at = (handle - resolved) * ENCODING_SLOTS;
      if (at >= waiting.length) waiting = grow(waiting);
      encodeLine(line.words, level, shape, waiting, at);
      return handle;
    },
    resolve() {
      const n = handles.size - resolved;
      if (n === 0) return;
      while (errors.length < handles.size) errors = grow(errors);
      const rows = waiting.subarray(0, n * ENCODING_SLOTS);
      errors.set(reconstructionErrors(rows, network.reconstruct(rows, n), n, ENCODING_SLOTS), resolved);
      resolved += n;
    },
    errorOf: (handle) => errors[handle],
    recall: (handle) => judgements[handle],
    remember(handle, judgement) {
      judgements[handle] = judgement;
    },
  };
}

/** Exact: lines with the same key have the same encoding. */
function keyOf(line: SeenLine, level: number, shape: number): number | string {
  if (line.novelty === 'seen' && line.trained !== undefined) {
    return (line.trained.ordinal * LEVEL_COUNT + level) * SHAPE_COUNT + shape;
  }
  return `${level} ${shape} ${Array.prototype.join.call(line.words, ' ')}`;
}

function grow(array: Float32Array): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(array.length * 2);
  larger.set(array);
  return larger;
}
