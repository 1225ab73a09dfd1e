import type { LogLevel } from '../../domain/telemetry';
import { parseTime } from '../time';
import type { LineFormat } from '../types';
import { shareOf } from './match-share';

const LINE =
  /^(\S{1,120}) (\S{1,80}) (\S{1,80}) \[([^\]]{10,40})\] ("(?:[^"\\]|\\.){0,16000}") (\d{3}) (\d{1,15}|-)(.*)$/s;

/** Web server access log (Apache's common and combined form, nginx's default). The level follows from the HTTP status. */
export const accessLog: LineFormat = {
  id: 'access-log',
  label: 'Web access log (common, combined)',
  kind: 'lines',
  statesZone: true,
  example: '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET /apache_pb.gif HTTP/1.0" 200 2326',
  extensions: ['log'],
  sniff: (lines) => 0.98 * shareOf(lines, (line) => LINE.test(line)),
  readLine(line, { latest }) {
    const match = LINE.exec(line);
    if (!match) return undefined;
    const [, client, , , time, request, status, size, more] = match;
    const t = parseTime(time, { latest, dayFirst: true });
    if (t === undefined) return `time ${JSON.stringify(time)} is not readable`;
    const message = `${client} ${request} ${status} ${size}${more}`.trim();
    return { t, device: undefined, level: levelOfStatus(Number(status)), message };
  },
};

function levelOfStatus(status: number): LogLevel {
  if (status >= 500) return 'error';
  return status >= 400 ? 'warning' : 'info';
}
