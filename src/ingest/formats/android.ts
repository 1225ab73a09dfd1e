import type { LogLevel } from '../../domain/telemetry';
import { readTimePrefix } from '../time';
import type { LineFormat } from '../types';
import { shareOf } from './match-share';

const TAIL = /^\s+(\d{1,9})\s+(\d{1,9})\s+([VDIWEFA])\s(.*)$/s;
const LEVELS: Readonly<Record<string, LogLevel>> = {
  V: 'debug',
  D: 'debug',
  I: 'info',
  W: 'warning',
  E: 'error',
  F: 'critical',
  A: 'critical',
};

/** Android's logcat, format `threadtime`: month-day time, process, thread, level letter, tag: message. The year is not stated. */
export const android: LineFormat = {
  id: 'android',
  label: 'Android logcat',
  kind: 'lines',
  statesZone: false,
  example: '03-17 16:13:38.811  1702  2395 D WindowManager: startAnimation begin',
  extensions: ['log', 'logcat'],
  sniff: (lines) => 0.99 * shareOf(lines, (line) => /^\d{2}-\d{2} [\d:.]{8,15}\s+\d+\s+\d+\s[VDIWEFA]\s/.test(line)),
  readLine(line, { latest }) {
    const time = readTimePrefix(line, { latest, dayFirst: false });
    const match = time && TAIL.exec(time.rest);
    if (!match) return undefined;
    return { t: time.t, device: undefined, level: LEVELS[match[3]] ?? 'unknown', message: match[4].trim() };
  },
};
