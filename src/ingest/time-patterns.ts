/** The written forms of time that are understood, most common first. Groups are numbered within each pattern's own source. */

export interface TimeOptions {
  /** Latest plausible time, ms since 1970 UTC: dates without a year are put in the last year that does not pass it by more than a day. */
  readonly latest: number;
  /** True where 3/4/2020 is the third of April. Dates with dots are always day first. */
  readonly dayFirst: boolean;
}

export interface TimePattern {
  /** `cell`: a whole table cell; `line`: the start of a log line. */
  readonly where: 'cell' | 'line' | 'both';
  readonly source: string;
  read(match: RegExpExecArray, options: TimeOptions): number | undefined;
}

const DAY_MS = 86_400_000;
const CLOCK = String.raw`(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?`;
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}';
const ZONE = String.raw`(z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})`;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

interface Moment {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour?: string;
  readonly minute?: string;
  readonly second?: string;
  readonly fraction?: string;
  readonly zone?: string;
}

/** Milliseconds since 1970 UTC; undefined for dates that do not exist. No zone = UTC. Second 60 (a leap second) rolls over. */
function utcOf(moment: Moment): number | undefined {
  const { year, month, day } = moment;
  const hour = Number(moment.hour ?? 0);
  const minute = Number(moment.minute ?? 0);
  const second = Number(moment.second ?? 0);
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1 || day > MONTH_DAYS[month - 1]) return undefined;
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const midnight = Date.UTC(year, month - 1, day);
  if (month === 2 && day === 29 && new Date(midnight).getUTCMonth() !== 1) return undefined;
  const offset = offsetMinutes(moment.zone);
  if (offset === undefined) return undefined;
  const ms = moment.fraction ? Math.round(Number(`0.${moment.fraction}`) * 1e6) / 1000 : 0;
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + ms;
}

function offsetMinutes(zone: string | undefined): number | undefined {
  if (!zone || /^[a-z]/i.test(zone)) return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const hours = Number(digits.slice(0, 2));
  const minutes = Number(digits.slice(2));
  if (hours > 14 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The last year in which this date exists and is not later than `latest` and a day. */
function utcWithoutYear(moment: Omit<Moment, 'year'>, latest: number): number | undefined {
  const thisYear = new Date(latest).getUTCFullYear();
  // Eight years back always hold a 29 February, but around 1900 and 2100.
  for (let year = thisYear + 1; year >= thisYear - 8; year--) {
    const t = utcOf({ ...moment, year });
    if (t !== undefined && t <= latest + DAY_MS) return t;
  }
  return undefined;
}

function monthNumber(name: string): number {
  return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** Two digits: 70..99 are 19xx, 00..69 are 20xx (POSIX strptime %y uses 69). */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}

function hour24(hour: string | undefined, half: string | undefined): string | undefined {
  if (!hour || !half) return hour;
  const h = Number(hour);
  if (h < 1 || h > 12) return '99';
  return String((h % 12) + (half.toLowerCase() === 'pm' ? 12 : 0));
}

export const TIME_PATTERNS: readonly TimePattern[] = [
  {
    // 2014-04-01 00:05:00, ISO 8601, 2015-07-29 17:41:44,747, BGL's 2005-06-03-15.42.50.675872
    where: 'both',
    source: String.raw`(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t\s_-]\s?(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,:](\d{1,9}))?)?(?:\s?${ZONE})?)?`,
    read: ([, year, , month, day, hour, minute, second, fraction, zone]) =>
      utcOf({ year: Number(year), month: Number(month), day: Number(day), hour, minute, second, fraction, zone }),
  },
  {
    // 17/06/09 20:10:40, log4j's yy/MM/dd
    where: 'line',
    source: String.raw`(\d{2})/(\d{2})/(\d{2})\s${CLOCK}`,
    read: ([, year, month, day, hour, minute, second, fraction]) =>
      utcOf({ year: fullYear(year), month: Number(month), day: Number(day), hour, minute, second, fraction }),
  },
  {
    // 4/1/2014 0:05, 01.04.2014 00:05:00, 4/1/2014 12:05 AM
    where: 'both',
    source: String.raw`(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:[t,]?\s?(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s?([ap]m))?)?`,
    read: ([, first, mark, second, year, hour, minute, sec, fraction, half], { dayFirst }) => {
      const dayLeads = mark === '.' || dayFirst;
      return utcOf({
        year: fullYear(year),
        month: Number(dayLeads ? second : first),
        day: Number(dayLeads ? first : second),
        hour: hour24(hour, half),
        minute,
        second: sec,
        fraction,
      });
    },
  },
  {
    // Jul  1 09:00:55, syslog without a year
    where: 'both',
    source: String.raw`${MONTH}\s{1,2}(\d{1,2})\s${CLOCK}`,
    read: ([, month, day, hour, minute, second, fraction], { latest }) =>
      utcWithoutYear({ month: monthNumber(month), day: Number(day), hour, minute, second, fraction }, latest),
  },
  {
    // 03-17 16:13:38.811, Android without a year
    where: 'line',
    source: String.raw`(\d{2})-(\d{2})\s${CLOCK}`,
    read: ([, month, day, hour, minute, second, fraction], { latest }) =>
      utcWithoutYear({ month: Number(month), day: Number(day), hour, minute, second, fraction }, latest),
  },
  {
    // 10/Oct/2000:13:55:36 -0700 and 10 Oct 2000 13:55:36
    where: 'both',
    source: String.raw`(?:[a-z]{3},\s)?(\d{1,2})[/\s-]${MONTH}[/\s-](\d{4})(?:[:\s]${CLOCK}(?:\s?${ZONE})?)?`,
    read: ([, day, month, year, hour, minute, second, fraction, zone]) =>
      utcOf({ year: Number(year), month: monthNumber(month), day: Number(day), hour, minute, second, fraction, zone }),
  },
  {
    // Sun Dec 04 04:47:44 2005, Apache's error log and C's ctime
    where: 'both',
    source: String.raw`[a-z]{3}\s${MONTH}\s{1,2}(\d{1,2})\s${CLOCK}\s(\d{4})`,
    read: ([, month, day, hour, minute, second, fraction, year]) =>
      utcOf({ year: Number(year), month: monthNumber(month), day: Number(day), hour, minute, second, fraction }),
  },
  {
    // 20140401T000500Z, 20171223-22:15:29:606
    where: 'both',
    source: String.raw`(\d{4})(\d{2})(\d{2})[-t\s](\d{1,2}):?(\d{1,2}):?(\d{1,2})(?:[.,:](\d{1,9}))?${ZONE}?`,
    read: ([, year, month, day, hour, minute, second, fraction, zone]) =>
      utcOf({ year: Number(year), month: Number(month), day: Number(day), hour, minute, second, fraction, zone }),
  },
  {
    // 20140401 and 20140401000500: dates rather than seconds since 1970
    where: 'cell',
    source: String.raw`((?:19|20)\d{2})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?`,
    read: ([, year, month, day, hour, minute, second]) =>
      utcOf({ year: Number(year), month: Number(month), day: Number(day), hour, minute, second }),
  },
  {
    // 081109 203615, HDFS
    where: 'line',
    source: String.raw`(\d{2})(\d{2})(\d{2})\s(\d{2})(\d{2})(\d{2})`,
    read: ([, year, month, day, hour, minute, second]) =>
      utcOf({ year: fullYear(year), month: Number(month), day: Number(day), hour, minute, second }),
  },
];
