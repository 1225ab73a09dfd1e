import { createRandom } from '../../domain/random';
import { createColumns, type KeptLine, type LineColumns, writeLine } from './line-columns';

/** Lines of a run: many enough for what is counted among neighbours (outbreaks, bursts), few enough that runs come from all over a long file. */
const RUN_LINES = 512;

/** A bounded sample of a long log. */
export interface LineSample {
  readonly size: number;
  push(line: KeptLine): void;
  /** In the order in which they came. */
  columns(): LineColumns;
  clear(): void;
}

interface Run {
  /** Counts up over all runs. */
  readonly seq: number;
  readonly lines: LineColumns;
  filled: number;
}

/**
 * A sample of at most `capacity` lines (>= 1): all of them while they fit, then runs of RUN_LINES neighbours, each run of the log with the same chance to be
 * among them (reservoir sampling, Vitter 1985, algorithm R). The run that is being filled is always among them. Same lines, same seed: same sample.
 */
export function createLineSample(capacity: number, seed: number): LineSample {
  const most = Math.max(1, Math.floor(capacity / RUN_LINES));
  const runLines = Math.min(RUN_LINES, capacity);
  let random = createRandom(seed, 'line sample');
  let runs: Run[] = [];
  let present: Run | undefined;
  let seq = 0;

  /** The run that is full takes its place in the sample, or is dropped; the columns of the one that gave way are used again. */
  function takeIn(run: Run): LineColumns {
    if (runs.length < most - 1) {
      runs.push(run);
      return createColumns(runLines);
    }
    const at = random.int(run.seq + 1);
    if (at >= runs.length) return run.lines;
    const { lines } = runs[at];
    runs[at] = run;
    return lines;
  }

  return {
    get size() {
      return runs.reduce((sum, run) => sum + run.filled, present?.filled ?? 0);
    },
    push(line) {
      if (present === undefined) present = { seq: seq++, lines: createColumns(runLines), filled: 0 };
      else if (present.filled === runLines) present = { seq: seq++, lines: takeIn(present), filled: 0 };
      writeLine(present.lines, present.filled++, line);
    },
    columns() {
      const all = [...runs, ...(present === undefined ? [] : [present])].sort((a, b) => a.seq - b.seq);
      const out = createColumns(all.reduce((sum, run) => sum + run.filled, 0));
      let at = 0;
      for (const { lines, filled } of all) {
        for (const key of COLUMNS) out[key].set(lines[key].subarray(0, filled), at);
        at += filled;
      }
      return out;
    },
    clear() {
      random = createRandom(seed, 'line sample');
      runs = [];
      present = undefined;
      seq = 0;
    },
  };
}

const COLUMNS = ['t', 'device', 'template', 'level', 'shape', 'burst', 'novel'] as const;
