import type { Preferences } from '../app/types';

export type TimeZone = Preferences['timeZone'];

/** Shown where there is no number. */
export const NO_VALUE = '–';

const numberFormats = new Map<number, Intl.NumberFormat>();
const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

function numberFormat(digits: number): Intl.NumberFormat {
  const known = numberFormats.get(digits);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(undefined, { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  numberFormats.set(digits, made);
  return made;
}

/** A number with at most `digits` decimals and the locale's separators. NaN, infinite and undefined give an en dash. */
export function formatNumber(value: number | undefined, digits = 0): string {
  if (value === undefined || !Number.isFinite(value)) return NO_VALUE;
  return numberFormat(digits).format(value);
}

/** 1,284,000 as `1.3M`; exact below 10,000. */
export function formatCount(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return NO_VALUE;
  return Math.abs(value) < 10_000 ? numberFormat(0).format(value) : compact.format(value);
}

/** A measured value with as many decimals as its size deserves (3 significant digits), and its unit: `71.3 %`. */
export function formatValue(value: number | undefined, unit = ''): string {
  if (value === undefined || !Number.isFinite(value)) return NO_VALUE;
  const size = Math.abs(value);
  const digits = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  const text = size >= 1e6 ? compact.format(value) : numberFormat(digits).format(value);
  return unit === '' ? text : `${text} ${unit}`;
}

/** A share 0..1 as percent: 0.034 -> `3.4 %`. What is not quite nothing is never `0 %`: 0.0001 -> `< 0.1 %`. */
export function formatPercent(share: number | undefined, digits = 1): string {
  if (share === undefined || !Number.isFinite(share)) return NO_VALUE;
  const least = 10 ** -digits;
  if (share > 0 && share * 100 < least / 2) return `< ${numberFormat(digits).format(least)} %`;
  return `${numberFormat(digits).format(share * 100)} %`;
}

/** Bytes in decimal units: 1,240,000 -> `1.2 MB`. */
export function formatBytes(bytes: number | undefined): string {
  if (bytes === undefined || !Number.isFinite(bytes)) return NO_VALUE;
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${numberFormat(unit === 0 || size >= 100 ? 0 : 1).format(size)} ${units[unit]}`;
}

/** A length of time in its two largest units: 95,000 ms -> `1 min 35 s`. Negative and NaN give an en dash. */
export function formatDuration(ms: number | undefined): string {
  if (ms === undefined || !Number.isFinite(ms) || ms < 0) return NO_VALUE;
  if (ms < 1000) return `${numberFormat(0).format(ms)} ms`;
  const seconds = Math.round(ms / 1000);
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ];
  const first = parts.findIndex(([count]) => count > 0);
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

export type TimeStyle = 'time' | 'date' | 'datetime';

const timeFormats = new Map<string, Intl.DateTimeFormat>();

function timeFormat(style: TimeStyle, zone: TimeZone): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  const known = timeFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(undefined, {
    ...(style === 'time' ? {} : { year: 'numeric', month: '2-digit', day: '2-digit' }),
    ...(style === 'date' ? {} : { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    ...(zone === 'utc' ? { timeZone: 'UTC' } : {}),
  });
  timeFormats.set(key, made);
  return made;
}

const MAX_DATE_MS = 8.64e15;

/** ms since 1970 UTC in the reader's locale and the chosen zone. Times that no Date can hold give an en dash. */
export function formatTime(t: number | undefined, zone: TimeZone, style: TimeStyle = 'time'): string {
  if (t === undefined || !Number.isFinite(t) || Math.abs(t) > MAX_DATE_MS) return NO_VALUE;
  return timeFormat(style, zone).format(t);
}

const ISO_TIME = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z/g;

/** Text of the engine, which writes moments in ISO 8601, with each in the reader's locale and zone. Text without one stays as it is. */
export function withLocalTimes(text: string, zone: TimeZone): string {
  return text.replaceAll(ISO_TIME, (iso) => formatTime(Date.parse(iso), zone, 'datetime'));
}

/** ISO 8601 in UTC, for exports and `datetime` attributes; '' for times that no Date can hold. */
export function formatIso(t: number | undefined): string {
  if (t === undefined || !Number.isFinite(t) || Math.abs(t) > MAX_DATE_MS) return '';
  return new Date(t).toISOString();
}

/** Degrees as `52.37° N, 4.90° E`; an en dash when unknown. */
export function formatCoordinates(latitude: number, longitude: number): string {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return NO_VALUE;
  const format = new Intl.NumberFormat(undefined, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const north = `${format.format(Math.abs(latitude))}° ${latitude < 0 ? 'S' : 'N'}`;
  const east = `${format.format(Math.abs(longitude))}° ${longitude < 0 ? 'W' : 'E'}`;
  return `${north}, ${east}`;
}
