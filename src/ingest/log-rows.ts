import { emptyMetricBatch, LOG_LEVELS, type LogBatch } from '../domain/telemetry';
import { growingBytes, growingFloat64, growingUint8, growingUint16, growingUint32, orderByTime } from './columns';
import { restoreCell } from './csv-write';
import { createDeviceIndex, stemOf } from './devices';
import type { TablePlan } from './inspect';
import { levelOf } from './levels';
import { countOf, LIMITS, showValue } from './limits';
import type { RowContext } from './metric-rows';
import { parseLabel } from './numbers';
import type { ReadBody, RowReader } from './parse';
import { createTimeParser } from './time';
import type { ColumnMapping, LogRecord } from './types';

/** Lines of a log without any times are put a second apart. */
const LINE_STEP_MS = 1_000;
const DAY_MS = 86_400_000;
/** Hosts of a log beyond the limit share one device, since a line without its host is still worth reading. */
const OTHER_HOSTS = '(other hosts)';
/** Colours and cursor moves of terminals (ECMA-48 CSI): noise for templates, and nothing that a page should get. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for
const ANSI = /\u001b\[[0-9;?]{0,32}[A-Za-z]/g;

/** Log records to columns. Lines without a time take the time of the line before. */
export interface LogRows {
  add(record: LogRecord): void;
  /** A line that belongs to the one before it (a stack trace): a line of its own with that one's time and device. */
  addContinuation(message: string): void;
  readonly count: number;
  finish(): ReadBody;
}

export function createLogRows(context: RowContext): LogRows {
  const t = growingFloat64();
  const device = growingUint16();
  const level = growingUint8();
  const labels = growingUint8();
  const ends = growingUint32();
  const bytes = growingBytes();
  const devices = createDeviceIndex();
  const fileStem = stemOf(context.name);
  let labelled = false;
  let untimed = 0;
  let crowded = 0;
  let lastTime = Number.NaN;
  let lastDevice: string | undefined;

  const indexOf = (name: string): number => {
    // One place is kept free for the rest.
    const index = devices.count < LIMITS.logHosts - 1 ? devices.indexOf(name) : devices.knownIndexOf(name);
    if (index !== undefined) return index;
    crowded++;
    return devices.indexOf(OTHER_HOSTS) ?? 0;
  };

  const add = (record: LogRecord): void => {
    if (record.t === undefined) untimed++;
    else lastTime = record.t;
    t.push(lastTime);
    lastDevice = record.device;
    device.push(indexOf(record.device ?? fileStem));
    level.push(LOG_LEVELS.indexOf(record.level));
    labels.push(record.label ?? 0);
    labelled ||= record.label !== undefined;
    const message = record.message.includes('\u001b') ? record.message.replace(ANSI, '') : record.message;
    bytes.append(message);
    ends.push(bytes.length);
  };

  return {
    get count() {
      return t.length;
    },
    add,
    addContinuation: (message) => add({ t: undefined, device: lastDevice, level: 'unknown', message }),
    finish() {
      const notes: string[] = [];
      const synthetic = untimed === t.length;
      fillTimes(t, synthetic ? Math.floor(context.latest / DAY_MS) * DAY_MS : undefined);
      if (!synthetic && untimed > 0)
        notes.push(`${countOf(untimed, 'line')} without a time took the time of the line before`);
      if (crowded > 0)
        notes.push(`more than ${LIMITS.logHosts - 1} hosts; ${countOf(crowded, 'line')} went to ${OTHER_HOSTS}`);
      const order = orderByTime(t);
      if (order) notes.push('the lines were not in order of time and were sorted');
      const packed = packMessages(bytes, ends.take(), order);
      return {
        kind: 'logs',
        catalog: { devices: devices.devices(), metrics: [] },
        metrics: emptyMetricBatch(0),
        logs: { n: t.length, t: t.take(order), device: device.take(order), level: level.take(order), ...packed },
        labels: labelled ? labels.take(order) : undefined,
        clock: synthetic ? 'synthetic' : 'file',
        notes,
      };
    },
  };
}

/** Even grid from `start`, or, without it, the first known time for the lines before it. */
function fillTimes(
  t: { readonly length: number; at(i: number): number; set(i: number, value: number): void },
  start: number | undefined,
): void {
  if (start !== undefined) {
    for (let i = 0; i < t.length; i++) t.set(i, start + i * LINE_STEP_MS);
    return;
  }
  let known = 0;
  while (known < t.length && Number.isNaN(t.at(known))) known++;
  for (let i = 0; i < known; i++) t.set(i, t.at(known));
}

function packMessages(
  source: { readonly length: number; view(from: number, to: number): Uint8Array },
  ends: Uint32Array,
  order: Uint32Array | undefined,
): Pick<LogBatch, 'bytes' | 'offsets'> {
  const offsets = new Uint32Array(ends.length + 1);
  if (order === undefined) {
    offsets.set(ends, 1);
    return { bytes: source.view(0, source.length).slice(), offsets };
  }
  const bytes = new Uint8Array(source.length);
  for (let i = 0; i < ends.length; i++) {
    const row = order[i];
    const part = source.view(row === 0 ? 0 : ends[row - 1], ends[row]);
    bytes.set(part, offsets[i]);
    offsets[i + 1] = offsets[i] + part.length;
  }
  return { bytes, offsets };
}

/** Cells of a table that carries log lines. A row is bad when its time or label is unreadable or its message is empty. */
export function createLogTableRows(plan: TablePlan, mapping: ColumnMapping, context: RowContext): RowReader {
  const indexOf = (name: string | undefined): number => (name === undefined ? -1 : plan.columns.indexOf(name));
  const [timeAt, deviceAt, labelAt] = [indexOf(mapping.time), indexOf(mapping.device), indexOf(mapping.label)];
  const [messageAt, levelAt] = [indexOf(plan.message), indexOf(plan.level)];
  const parseTime = createTimeParser({ latest: context.latest, dayFirst: plan.dayFirst });
  const rows = createLogRows(context);
  return {
    readRow(cells) {
      const time = timeAt === -1 ? undefined : parseTime(cells[timeAt]);
      if (timeAt !== -1 && time === undefined) return `${mapping.time}: ${showValue(cells[timeAt])} is not a time`;
      const label = labelAt === -1 ? undefined : parseLabel(cells[labelAt]);
      if (labelAt !== -1 && label === undefined) return `${mapping.label}: ${showValue(cells[labelAt])} is not 0 or 1`;
      if (cells[messageAt].trim() === '') return `${plan.message}: no text`;
      rows.add({
        t: time,
        device: deviceAt === -1 ? undefined : restoreCell(cells[deviceAt]),
        level: levelAt === -1 ? 'unknown' : levelOf(cells[levelAt].trim()),
        message: restoreCell(cells[messageAt]),
        ...(label === undefined ? {} : { label }),
      });
      return undefined;
    },
    count: () => rows.count,
    finish: rows.finish,
  };
}
