import { readLeadingLevel } from '../levels';
import { readTimePrefix } from '../time';
import type { LineFormat, LineOptions, LogRecord } from '../types';
import { shareOf } from './match-share';

/** A file name or container that some collectors put before the time. */
const LEADING_TOKEN = /^[^\s[]{1,128}\s(?:\|\s)?/;

/** Time, level, message, in any of the written forms of time: log4j, logback, Python logging, HDFS, Spark, ZooKeeper, Windows CBS, Apache's error log. */
export const log4jLike: LineFormat = {
  id: 'log4j-like',
  label: 'Log: time, level, message (log4j and the like)',
  kind: 'lines',
  statesZone: false,
  example: '2015-07-29 17:41:44,747 - INFO  [main:QuorumPeer@774] - Notification time out: 3200',
  extensions: ['log'],
  sniff: (lines) => 0.97 * shareOf(lines, (line) => readLeveled(line, { latest: 0 }) !== undefined),
  readLine: (line, options) => readLeveled(line, options) ?? readTimed(line, options),
};

function readLeveled(line: string, options: LineOptions): LogRecord | undefined {
  const time = readTime(line, options);
  const leveled = time && readLeadingLevel(time.rest);
  if (!leveled) return undefined;
  return { t: time.t, device: undefined, level: leveled.level, message: leveled.rest.trim() };
}

/** A line of such a file that names no level. */
function readTimed(line: string, options: LineOptions): LogRecord | undefined {
  const time = readTime(line, options);
  if (!time) return undefined;
  return { t: time.t, device: undefined, level: 'unknown', message: time.rest.replace(/^[\s,;:|-]{1,20}/, '').trim() };
}

function readTime(line: string, { latest }: LineOptions): ReturnType<typeof readTimePrefix> {
  const options = { latest, dayFirst: false };
  const direct = readTimePrefix(line, options);
  if (direct) return direct;
  const token = LEADING_TOKEN.exec(line.slice(0, 140));
  return token ? readTimePrefix(line.slice(token[0].length), options) : undefined;
}
