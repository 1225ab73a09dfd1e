import type { LogLevel } from '../../domain/telemetry';
import { levelOf } from '../levels';
import { showValue } from '../limits';
import { epochToMs, parseTime } from '../time';
import type { LineFormat } from '../types';
import { shareOf } from './match-share';

/** Keys as the common loggers write them (pino, bunyan, winston, zap, logrus, ECS, journald), most telling first. */
const TIME_KEYS = ['@timestamp', 'timestamp', 'time', 'ts', 'datetime', 'date', 't', '__REALTIME_TIMESTAMP'];
const LEVEL_KEYS = ['level', 'severity', 'log.level', 'levelname', 'lvl', 'loglevel', 'PRIORITY'];
const MESSAGE_KEYS = ['message', 'msg', 'log', 'event', 'body', 'text', 'MESSAGE'];
const DEVICE_KEYS = [
  'host',
  'hostname',
  'device',
  'instance',
  'node',
  'pod',
  'server',
  'service',
  'host.name',
  '_HOSTNAME',
];

/** A JSON object on each line. Messages are the message field; an object without one is kept whole as its own text. */
export const jsonLines: LineFormat = {
  id: 'json-lines',
  label: 'JSON lines (an object a line)',
  kind: 'lines',
  statesZone: true,
  example: '{"time":"2024-05-01T10:00:00Z","level":"error","host":"web-1","msg":"upstream timed out"}',
  extensions: ['jsonl', 'ndjson', 'json'],
  sniff: (lines) => shareOf(lines, (line) => readObject(line) !== undefined),
  readLine(line, { latest }) {
    const object = readObject(line);
    if (!object) return 'not a JSON object';
    const timeCell = pickField(object, TIME_KEYS);
    const t = timeCell === undefined ? undefined : readTime(timeCell, latest);
    if (timeCell !== undefined && t === undefined)
      return `time ${showValue(textOf(timeCell) ?? 'null')} is not readable`;
    const message = pickField(object, MESSAGE_KEYS);
    return {
      t,
      device: textOf(pickField(object, DEVICE_KEYS)),
      level: readLevel(pickField(object, LEVEL_KEYS)),
      message: textOf(message) ?? line.trim(),
    };
  },
};

function readObject(line: string): ReadonlyMap<string, unknown> | undefined {
  const text = line.trim();
  if (!text.startsWith('{') || !text.endsWith('}')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // A Map, so that a key such as __proto__ is only a key.
    return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function pickField(object: ReadonlyMap<string, unknown>, keys: readonly string[]): unknown {
  const key = keys.find((name) => object.has(name));
  return key === undefined ? undefined : object.get(key);
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'object' && value !== null) {
    // ECS nests the host: {"host": {"name": "web-1"}}.
    const name: unknown = Object.entries(value).find(([key]) => key === 'name')?.[1];
    return typeof name === 'string' ? name : writeJson(value);
  }
  return undefined;
}

/** undefined for a value nested so deeply that writing it overflows the stack. */
function writeJson(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readTime(value: unknown, latest: number): number | undefined {
  if (typeof value === 'number') return epochToMs(value);
  return typeof value === 'string' ? parseTime(value, { latest, dayFirst: false }) : undefined;
}

/** Words, or the numbers of pino and bunyan (10 trace to 60 fatal) or of syslog (0 emergency to 7 debug). */
function readLevel(value: unknown): LogLevel {
  const number =
    typeof value === 'number'
      ? value
      : typeof value === 'string' && /^\d{1,2}$/.test(value)
        ? Number(value)
        : undefined;
  if (number === undefined) return typeof value === 'string' ? levelOf(value) : 'unknown';
  if (number >= 10)
    return (['debug', 'debug', 'info', 'warning', 'error', 'critical'] as const)[
      Math.min(6, Math.floor(number / 10)) - 1
    ];
  return (
    (['critical', 'critical', 'critical', 'error', 'warning', 'info', 'info', 'debug'] as const)[number] ?? 'unknown'
  );
}
