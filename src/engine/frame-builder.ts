import {
  DEVICE_STATES,
  type DeviceState,
  type Frame,
  type LiveLogLine,
  MAX_FILE_POINTS,
  type RecordVerdict,
} from '../domain/frame';

/** What one time step adds to the next frame. */
export interface TickRow {
  readonly t: number;
  readonly mean: Float32Array;
  readonly high: Float32Array;
  readonly focus: Float32Array;
  readonly flagged: number;
  readonly score: number;
}

/** As many as the page's chart of a file holds: whoever takes no frames for days does not gather more. */
export const MAX_TICKS = MAX_FILE_POINTS + 1;
const MAX_RECORDS = 60;
const MAX_LOGS = 200;

/** Coalesces ticks, records and lines between two frames. */
export interface FrameBuilder {
  addTick(tick: TickRow): void;
  addRecord(record: RecordVerdict): void;
  addLog(line: Omit<LiveLogLine, 'seq'>): void;
  readonly hasNews: boolean;
  /** Forgets the ticks of the next frame: the chart is drawn anew. */
  dropTicks(): void;
  /** The columns since the last call, each array its own. */
  take(metricCount: number): Pick<Frame, 'ticks' | 'records' | 'logs'>;
}

export function createFrameBuilder(): FrameBuilder {
  let ticks: TickRow[] = [];
  let records: RecordVerdict[] = [];
  let logs: LiveLogLine[] = [];
  let logSeq = 0;
  return {
    addTick: (tick) => {
      ticks.push(tick);
      if (ticks.length > 2 * MAX_TICKS) ticks = ticks.slice(-MAX_TICKS);
    },
    addRecord: (record) => {
      records.push(record);
      if (records.length > 2 * MAX_RECORDS) records = records.slice(-MAX_RECORDS);
    },
    addLog: (line) => {
      logs.push({ ...line, seq: logSeq++ });
      if (logs.length > 2 * MAX_LOGS) logs = logs.slice(-MAX_LOGS);
    },
    get hasNews() {
      return ticks.length > 0;
    },
    dropTicks: () => {
      ticks = [];
    },
    take: (metricCount) => {
      const columns = (key: 'mean' | 'high' | 'focus'): Float32Array[] =>
        Array.from({ length: metricCount }, (_, m) => Float32Array.from(ticks, (tick) => tick[key][m]));
      const taken = {
        ticks: {
          n: ticks.length,
          t: Float64Array.from(ticks, (tick) => tick.t),
          mean: columns('mean'),
          high: columns('high'),
          focus: columns('focus'),
          flagged: Uint16Array.from(ticks, (tick) => tick.flagged),
          score: Float32Array.from(ticks, (tick) => tick.score),
        },
        records: records.slice(-MAX_RECORDS),
        logs: logs.slice(-MAX_LOGS),
      };
      ticks = [];
      records = [];
      logs = [];
      return taken;
    },
  };
}

export function deviceStateIndex(state: DeviceState): number {
  return DEVICE_STATES.indexOf(state);
}
