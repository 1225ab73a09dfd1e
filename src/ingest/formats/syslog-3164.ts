import { findLevel, levelOf, levelOfPri } from '../levels';
import { readTimePrefix } from '../time';
import type { LineFormat, LineOptions, LogRecord } from '../types';
import { shareOf } from './match-share';

const PRI = /^<(\d{1,3})>/;
/** Host, then the tag and the message. */
const TAIL = /^\s(\S{1,255})\s(.*)$/s;
/** A tag: program, perhaps with blanks (macOS), a process id, a colon. */
const TAG = /^[^:[\]]{1,80}(?:\[\d{1,9}\])?(?: \([^)]{1,120}\))?(?: <\w{1,12}>)?:(?:\s|$)/;
const MAC_LEVEL = /^[^:]{1,140}<(\w{1,12})>:/;

/** BSD syslog (RFC 3164) with or without its <PRI>, and the same with an ISO 8601 time (rsyslog, systemd). The year is not stated. */
export const syslog3164: LineFormat = {
  id: 'syslog-3164',
  label: 'Syslog (RFC 3164, BSD, macOS)',
  kind: 'lines',
  statesZone: false,
  example: '<34>Oct 11 22:14:15 mymachine su[231]: failed for lonvick on /dev/pts/8',
  extensions: ['log', 'syslog'],
  sniff: (lines) =>
    0.96 *
    shareOf(lines, (line) => {
      const tail = readTail(line, { latest: 0 });
      return tail !== undefined && TAG.test(tail.text);
    }),
  readLine(line, options) {
    const tail = readTail(line, options);
    if (!tail) return undefined;
    return { t: tail.t, device: tail.host, level: readLevel(tail.pri, tail.text), message: tail.text.trim() };
  },
};

function readTail(
  line: string,
  { latest }: LineOptions,
): { t: number; host: string; text: string; pri: number | undefined } | undefined {
  const pri = PRI.exec(line);
  const time = readTimePrefix(pri ? line.slice(pri[0].length) : line, { latest, dayFirst: false });
  const match = time && TAIL.exec(time.rest);
  if (!match) return undefined;
  return { t: time.t, host: match[1], text: match[2], pri: pri ? Number(pri[1]) : undefined };
}

function readLevel(pri: number | undefined, text: string): LogRecord['level'] {
  if (pri !== undefined) return levelOfPri(pri);
  const mac = MAC_LEVEL.exec(text.slice(0, 200));
  const level = mac ? levelOf(mac[1]) : 'unknown';
  return level === 'unknown' ? findLevel(text) : level;
}
