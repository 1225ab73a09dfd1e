import { findLevel, levelOf } from '../levels';
import { epochToMs, parseTime } from '../time';
import type { LineFormat } from '../types';
import { shareOf } from './match-share';

/** Alert tag (`-` = none), seconds since 1970, date, node, and the rest. */
const HEAD = /^(?:(-|[A-Z][A-Z0-9_]{1,30}) )?(\d{9,10}) (\d{4}\.\d{2}\.\d{2}) (\S{1,120}) (.*)$/s;
/** Blue Gene: exact time, node again, type, component, level. */
const RAS = /^(\d{4}-\d{2}-\d{2}-\d{2}\.\d{2}\.\d{2}\.\d{1,9}) (\S{1,120}) (\S{1,40}) (\S{1,40}) (\S{1,20}) (.*)$/s;
/** Thunderbird, Spirit and Liberty: a syslog line without its year. */
const SYSLOG = /^[A-Z][a-z]{2} {1,2}\d{1,2} \d{2}:\d{2}:\d{2} \S{1,120} (.*)$/s;

/** Supercomputer logs as the Computer Failure Data Repository publishes them. The leading alert tag is a label and never reaches a detector. */
export const bgl: LineFormat = {
  id: 'bgl',
  label: 'Supercomputer log (BGL, Thunderbird)',
  kind: 'lines',
  statesZone: true,
  example:
    '- 1117838570 2005.06.03 R02-M1-N0 2005-06-03-15.42.50.675872 R02-M1-N0 RAS KERNEL INFO cache parity error corrected',
  extensions: ['log'],
  sniff: (lines) => 0.99 * shareOf(lines, (line) => HEAD.test(line)),
  readLine(line, { latest }) {
    const head = HEAD.exec(line);
    if (!head) return undefined;
    const [, tag, seconds, , node, tail] = head;
    const label = tag === undefined ? {} : { label: tag === '-' ? (0 as const) : (1 as const) };
    const ras = RAS.exec(tail);
    if (ras) {
      const [, exact, , type, component, level, message] = ras;
      const t = parseTime(exact, { latest, dayFirst: false });
      return { t, device: node, level: levelOf(level), message: `${type} ${component} ${message}`.trim(), ...label };
    }
    const message = (SYSLOG.exec(tail)?.[1] ?? tail).trim();
    return { t: epochToMs(Number(seconds)), device: node, level: findLevel(message), message, ...label };
  },
};
