import { LOG_LEVELS, type LogLevel } from '../../../domain/telemetry';

/** What of the log is shown. `levels` empty = all; '' and undefined = no restriction. */
export interface LogFilter {
  readonly text: string;
  readonly levels: readonly LogLevel[];
  /** Device id. */
  readonly device: string | undefined;
}

/** Reads a filter from the parameters of a link; level names that do not exist are dropped. */
export function readLogFilter(params: Readonly<Record<string, string>>): LogFilter {
  const asked = (params.level ?? '').split(',');
  return {
    text: params.text ?? '',
    levels: LOG_LEVELS.filter((level) => asked.includes(level)),
    device: params.device === '' ? undefined : params.device,
  };
}

/** The parameters of a link with this filter: other parameters stay, empty ones go. */
export function writeLogFilter(params: Readonly<Record<string, string>>, filter: LogFilter): Record<string, string> {
  const next: Record<string, string> = { ...params };
  const values = { text: filter.text, level: filter.levels.join(','), device: filter.device ?? '' };
  for (const [key, value] of Object.entries(values)) {
    if (value === '') delete next[key];
    else next[key] = value;
  }
  return next;
}

interface Line {
  readonly level: LogLevel;
  readonly message: string;
  readonly template: string;
  /** Name and id of its device. */
  readonly deviceName: string;
  readonly deviceId: string;
}

/** Whether a line passes. Text is looked for in message, template and device name, whatever its case. */
export function passesLogFilter(line: Line, filter: LogFilter): boolean {
  if (filter.levels.length > 0 && !filter.levels.includes(line.level)) return false;
  if (filter.device !== undefined && line.deviceId !== filter.device) return false;
  const text = filter.text.trim().toLowerCase();
  if (text === '') return true;
  return [line.message, line.template, line.deviceName].some((part) => part.toLowerCase().includes(text));
}

/** The levels after one of them was switched on or off, in order of severity. */
export function toggleLevel(levels: readonly LogLevel[], level: LogLevel): LogLevel[] {
  return LOG_LEVELS.filter((candidate) => levels.includes(candidate) !== (candidate === level));
}
