import { LOG_LEVELS, type LogBatch, logMessage } from '../../domain/telemetry';
import { createBurstCounter } from './bursts';
import { packShape } from './encode';
import { type LineScorer, type SeenLine, seeLine } from './line-scorer';
import type { LogModel } from './log-model';
import { createNewsBook, isBad, type News, type NewsBook } from './news';
import { createLineScan, scanLine } from './normalise';
import { createRecurrenceCounter } from './recurrence';
import type { Template } from './template';
import type { TemplateMiner } from './template-miner';

const utf8 = new TextDecoder();
/** One character a byte: offsets into the bytes are offsets into the text, which is right for the lines that are ASCII. */
const bytewise = new TextDecoder('latin1');

/** A model and what scores lines by it. */
export interface ActiveModel {
  readonly model: LogModel;
  readonly scorer: LineScorer;
}

/** What is known of each line of a batch after templating; aligned by line. */
export interface ReadLines {
  readonly template: Template[];
  /** Empty without a model, as is `handle`. */
  readonly seen: SeenLine[];
  readonly handle: Uint32Array;
  readonly shape: Uint16Array;
  readonly burst: Float32Array;
  readonly novel: Uint8Array;
  /** Of templates that training did not know: how often the device came back to such ones; 0 for others. */
  readonly recurrences: Float32Array;
  /** Of templates that training did not know, by line: what the fleet has said of them. */
  readonly news: ReadonlyMap<number, News>;
}

/** Told each line of a batch: its text is text[from .. to). */
export type LineVisitor = (line: number, text: string, from: number, to: number, template: Template) => void;

/** Lines to templates, encodings and bursts. */
export interface LineReader {
  /** Reads a batch, and asks the model's scorer for the error of each line. */
  read(batch: LogBatch, miner: TemplateMiner, active: ActiveModel | undefined, visit: LineVisitor): ReadLines;
  readonly bursts: ReturnType<typeof createBurstCounter>;
  readonly book: NewsBook;
}

/** A reader that has counted no bursts yet. */
export function createLineReader(): LineReader {
  const bursts = createBurstCounter();
  const recurrences = createRecurrenceCounter();
  const book = createNewsBook();
  const scan = createLineScan();
  return {
    bursts,
    book,
    read(batch, miner, active, visit) {
      const { n } = batch;
      const news = new Map<number, News>();
      const lines: ReadLines = {
        template: [],
        seen: [],
        handle: new Uint32Array(n),
        shape: new Uint16Array(n),
        burst: new Float32Array(n),
        novel: new Uint8Array(n),
        recurrences: new Float32Array(n),
        news,
      };
      active?.scorer.begin();
      const text = utf8.decode(batch.bytes);
      // As many code units as bytes: every line is ASCII.
      const isAscii = text.length === batch.bytes.length;
      const whole = isAscii ? text : bytewise.decode(batch.bytes);
      for (let i = 0; i < n; i++) {
        const inWhole = isAscii || isAsciiLine(batch, i);
        const line = inWhole ? whole : logMessage(batch, i);
        const from = inWhole ? batch.offsets[i] : 0;
        const to = inWhole ? batch.offsets[i + 1] : line.length;
        scanLine(line, from, to, scan);
        const t = finiteTime(batch.t[i]);
        const template = miner.match(scan, t, () => line.slice(from, to));
        lines.template.push(template);
        if (miner.lastWasNovel) lines.novel[i] = 1;
        lines.shape[i] = packShape(scan);
        lines.burst[i] = bursts.count(batch.device[i], template.id, t);
        visit(i, line, from, to, template);
        book.countLine(batch.device[i], active !== undefined);
        if (active === undefined) continue;
        const level = levelOf(batch, i);
        const known = seeLine(active.model, template, scan, level);
        // What was flagged is not made ordinary by time alone.
        const seen =
          known.novelty === 'settled' && book.isConvicted(template.id)
            ? { ...known, novelty: 'unseen' as const }
            : known;
        lines.seen.push(seen);
        if (seen.novelty !== 'seen') {
          lines.recurrences[i] = recurrences.count(batch.device[i], template.id, t, isBad(level));
          news.set(i, book.count(batch.device[i], template, t, level));
        }
        lines.handle[i] = active.scorer.ask(seen, level, lines.shape[i]);
      }
      active?.scorer.resolve();
      return lines;
    },
  };
}

function isAsciiLine(batch: LogBatch, line: number): boolean {
  for (let at = batch.offsets[line]; at < batch.offsets[line + 1]; at++) if (batch.bytes[at] >= 128) return false;
  return true;
}

/** A missing time counts as 0: order is kept, and bursts see no time pass. */
export function finiteTime(t: number): number {
  return Number.isFinite(t) ? t : 0;
}

/** A level beyond the known ones counts as `unknown`, the last. */
export function levelOf(batch: LogBatch, line: number): number {
  return Math.min(batch.level[line], LOG_LEVELS.length - 1);
}
