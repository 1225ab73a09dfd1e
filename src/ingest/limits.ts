/** What one file may ask for. Beyond each the reader refuses or skips with a message that names the limit. */
export const LIMITS = {
  fileBytes: 200_000_000,
  /** Characters in one record, quoted line breaks included. */
  rowLength: 1_000_000,
  /** Characters in one cell, and in one log line. */
  fieldLength: 64_000,
  columns: 512,
  rows: 2_000_000,
  /** Distinct devices that are kept apart; a catalog of more is of no use to a person. */
  devices: 1_024,
  /** The same for hosts of a log, where further ones share one device. */
  logHosts: 256,
  /** Problems that are told one by one; further ones are only counted. */
  problems: 100,
} as const;

/** How many bytes of a file's start `inspectFile` wants to see. */
export const HEAD_BYTES = 262_144;
/** Characters of a value that a message shows. */
const SHOWN_LENGTH = 60;

/** A value for a message: quoted, control characters escaped, cut at 60 characters. */
export function showValue(value: string): string {
  const cut = value.length > SHOWN_LENGTH ? `${value.slice(0, SHOWN_LENGTH)}…` : value;
  return JSON.stringify(cut);
}

/** A count with the noun in its number: 1 row, 2 rows, 1,234 rows. */
export function countOf(n: number, noun: string): string {
  return `${n.toLocaleString('en-GB')} ${noun}${n === 1 ? '' : 's'}`;
}
