import { findLevel } from '../levels';
import { readTimePrefix } from '../time';
import type { LineFormat } from '../types';

/** Any text: a line a record. The simplest format, and the one to copy for a new one. */
export const plain: LineFormat = {
  id: 'plain',
  label: 'Plain text, a line a record',
  kind: 'lines',
  statesZone: false,
  example: 'connection to 10.0.0.1 closed',
  extensions: ['txt', 'log'],
  // Fits everything, so it must lose against everything.
  sniff: (lines) => (lines.length > 0 ? 0.05 : 0),
  readLine(line, { latest }) {
    const time = readTimePrefix(line, { latest, dayFirst: false });
    const text = time ? time.rest.replace(/^[\s,;:|-]{1,20}/, '') : line;
    return { t: time?.t, device: undefined, level: findLevel(text), message: text.trim() };
  },
};
