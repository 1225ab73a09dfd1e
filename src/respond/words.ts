/**
 * A number as a person reads it, the same on every machine: three significant digits or more, no exponent below 1e9.
 * NaN gives `not measured`, infinities their sign and `infinite`.
 */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'not measured';
  if (!Number.isFinite(value)) return value > 0 ? '+infinite' : '-infinite';
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e9 || size < 1e-3) return value.toExponential(2);
  if (size >= 1000) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 1) return value.toFixed(2);
  return value.toPrecision(3);
}

/** A value with its unit, e.g. `98.2 %`. A missing value stands without a unit. */
export function formatValue(value: number, unit: string): string {
  const number = formatNumber(value);
  return unit === '' || !Number.isFinite(value) ? number : `${number} ${unit}`;
}

/** A signed number, e.g. `+12.4`. */
export function formatSigned(value: number): string {
  return value > 0 && Number.isFinite(value) ? `+${formatNumber(value)}` : formatNumber(value);
}

/** Seconds, minutes, hours or days, e.g. `2 min 5 s`. Negative or not finite gives `not measured`. */
export function formatDuration(durationMs: number): string {
  if (!Number.isFinite(durationMs) || durationMs < 0) return 'not measured';
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return join(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return join(hours, 'h', minutes % 60, 'min');
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
}

/** Largest distance from 1970 that a JavaScript date can hold (ECMA-262, section "Time Values and Time Range"). */
const MAX_TIME_MS = 8.64e15;

/** ISO 8601 in UTC. A time that no date can hold is shown as the number that it is. */
export function formatTime(timeMs: number): string {
  if (!(Math.abs(timeMs) <= MAX_TIME_MS)) return `invalid time (${timeMs})`;
  return new Date(timeMs).toISOString();
}

/**
 * Outside text on one line: control and direction-changing characters become spaces, runs of spaces one, and what is longer than
 * `limit` characters is cut with an ellipsis. Lone surrogates become U+FFFD.
 */
export function flattenText(text: string, limit: number): string {
  // Cut first: a message may be a megabyte, and only its head is shown.
  const head = [...text.slice(0, 4 * limit)].map((char) =>
    isInvisible(char) ? ' ' : isLoneSurrogate(char) ? '\uFFFD' : char,
  );
  const flat = head.join('').replace(/ +/g, ' ').trim();
  const chars = [...flat];
  const cut = chars.length > limit || text.length > 4 * limit;
  return cut ? `${chars.slice(0, limit).join('')}…` : flat;
}

function isInvisible(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069) ||
    code === 0xfeff
  );
}

function isLoneSurrogate(char: string): boolean {
  const code = char.codePointAt(0) ?? 0;
  return code >= 0xd800 && code <= 0xdfff;
}
