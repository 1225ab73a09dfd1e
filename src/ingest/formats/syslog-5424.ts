import { levelOfPri } from '../levels';
import { parseTime } from '../time';
import type { LineFormat } from '../types';
import { shareOf } from './match-share';

/** RFC 5424 section 6: PRI, version, time, host, application, process id, message id, structured data, message. */
const LINE =
  /^<(\d{1,3})>(\d{1,2}) (\S{1,40}) (\S{1,255}) (\S{1,128}) (\S{1,128}) (\S{1,64}) (-|(?:\[(?:[^\\\]]|\\.){0,8000}\]){1,20})(?: (.*))?$/s;

/** Syslog as in RFC 5424. `-` stands for "not given". */
export const syslog5424: LineFormat = {
  id: 'syslog-5424',
  label: 'Syslog (RFC 5424)',
  kind: 'lines',
  statesZone: true,
  example: '<165>1 2003-10-11T22:14:15.003Z web-1 evntslog - ID47 [ex@32473 iut="3"] An application event',
  extensions: ['log', 'syslog'],
  sniff: (lines) => 0.99 * shareOf(lines, (line) => /^<\d{1,3}>\d{1,2} \S+ \S+ \S+ /.test(line.slice(0, 1000))),
  readLine(line, { latest }) {
    const match = LINE.exec(line);
    if (!match) return undefined;
    const [, pri, , time, host, app, , messageId, , message] = match;
    const t = parseTime(time, { latest, dayFirst: false });
    if (t === undefined && time !== '-') return `time ${JSON.stringify(time)} is not readable`;
    const origin = [app, messageId].filter((part) => part !== '-').join(' ');
    return {
      t,
      device: host === '-' ? undefined : host,
      level: levelOfPri(Number(pri)),
      message: [origin, message ?? '']
        .filter((part) => part !== '')
        .join(': ')
        .trim(),
    };
  },
};
