import { type Catalog, MAX_METRICS } from '../../src/domain/catalog';
import { deviceId } from '../../src/domain/ids';
import { type LogBatch, type MetricBatch, packLogLines } from '../../src/domain/telemetry';
import { levelOf } from '../../src/ingest/levels';
import { parseNumber } from '../../src/ingest/numbers';
import { createTimeParser } from '../../src/ingest/time';
import { cellsOf, readTable, type Table } from './table';

/** Never read, whatever stands in it: what is measured must not be seen. */
const LABEL = 'label';
const TIME = 'timestamp';
const LATEST = Date.UTC(2100, 0, 1);
/** The sampling interval is read off the first rows: a stream knows no later ones. */
const PACE_ROWS = 100;

export interface MetricTable {
  readonly catalog: Catalog;
  readonly batch: MetricBatch;
  /** The timestamps as the file writes them. */
  readonly times: readonly string[];
  /** Median milliseconds between the first rows. */
  readonly stepMs: number;
}

/** A table of one device: every column except timestamp and label is a metric. Errors: too many metrics, a time that is none. */
export function readMetricTable(path: string): MetricTable {
  const table = readTable(path);
  const names = table.names.filter((name) => name !== LABEL && name !== TIME);
  if (names.length > MAX_METRICS)
    throw new Error(`${path} has ${names.length} metrics, at most ${MAX_METRICS} are read`);
  const times = cellsOf(table, table.names.indexOf(TIME));
  const t = readTimes(times, path);
  const n = table.rows.length;
  return {
    catalog: {
      devices: [
        {
          id: deviceId('bench:device'),
          name: 'device',
          region: '',
          city: '',
          country: '',
          latitude: Number.NaN,
          longitude: Number.NaN,
          role: '',
        },
      ],
      metrics: names.map((name) => ({
        key: name,
        label: name,
        unit: '',
        min: Number.NEGATIVE_INFINITY,
        max: Number.POSITIVE_INFINITY,
      })),
    },
    batch: {
      n,
      t,
      device: new Uint16Array(n),
      metrics: names.map((name) => readNumbers(table, name)),
    },
    times,
    stepMs: medianGap(t.subarray(0, PACE_ROWS)),
  };
}

function readNumbers(table: Table, name: string): Float32Array {
  const column = table.names.indexOf(name);
  return Float32Array.from(table.rows, (row) => parseNumber(row[column] ?? '', false) ?? Number.NaN);
}

function readTimes(cells: readonly string[], path: string): Float64Array {
  const parse = createTimeParser({ latest: LATEST, dayFirst: false });
  return Float64Array.from(cells, (cell, row) => {
    const t = parse(cell);
    if (t === undefined) throw new Error(`${path}, row ${row + 1}: ${JSON.stringify(cell)} is not a time`);
    return t;
  });
}

/** Degenerate: fewer than two different times give a second. */
function medianGap(t: Float64Array): number {
  const gaps = t
    .slice(1)
    .map((time, i) => time - t[i])
    .filter((gap) => gap > 0)
    .sort();
  return gaps[gaps.length >> 1] ?? 1000;
}

export interface LogTable {
  readonly batch: LogBatch;
  /** Mean milliseconds between two lines. */
  readonly stepMs: number;
  /** The session that each line names; empty without such a column. */
  readonly sessions: readonly string[];
}

const LINE_MS = 1000;

/** A table of log lines: message (or content), and where they are there timestamp, level and session. Lines without times are a second apart. */
export function readLogTable(path: string, messageColumn = 'message'): LogTable {
  const table = readTable(path);
  const cells = (name: string): string[] | undefined =>
    table.names.includes(name) ? cellsOf(table, table.names.indexOf(name)) : undefined;
  const messages = cells(messageColumn);
  if (messages === undefined) throw new Error(`${path} has no column ${messageColumn}`);
  const times = cells(TIME);
  const levels = cells('level');
  const t = times ? readTimes(times, path) : Float64Array.from(messages, (_, i) => i * LINE_MS);
  const lines = messages.map((message, i) => ({ t: t[i], device: 0, level: levelOf(levels?.[i] ?? ''), message }));
  const span = t.reduce((a, b) => Math.max(a, b), t[0]) - t.reduce((a, b) => Math.min(a, b), t[0]);
  return {
    batch: packLogLines(lines),
    stepMs: span > 0 ? span / lines.length : LINE_MS,
    sessions: cells('session') ?? [],
  };
}
