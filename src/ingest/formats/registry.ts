import type { FileFormat } from '../types';
import { accessLog } from './access-log';
import { android } from './android';
import { bgl } from './bgl';
import { csv } from './csv';
import { hpc } from './hpc';
import { jsonLines } from './json-lines';
import { log4jLike } from './log4j-like';
import { plain } from './plain';
import { syslog3164 } from './syslog-3164';
import { syslog5424 } from './syslog-5424';

/** Every format that a file can be of. A new one is a file and a line here; the contract test then holds for it. */
export const FORMATS: readonly FileFormat[] = [
  csv,
  jsonLines,
  syslog5424,
  syslog3164,
  android,
  bgl,
  hpc,
  accessLog,
  log4jLike,
  plain,
];

/** How much a fitting file name adds: it decides between formats that fit alike, never against the content. */
const EXTENSION_BONUS = 0.08;
/** Below this a format does not fit well enough to be chosen over plain text. */
const MIN_SCORE = 0.3;

/** The format that fits the first lines best. Degenerate: nothing fits, or no lines: plain text. */
export function detectFormat(lines: readonly string[], fileName: string): FileFormat {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  let best: FileFormat = plain;
  let bestScore = MIN_SCORE;
  for (const format of FORMATS) {
    const fit = format.sniff(lines);
    const score = fit > 0 && format.extensions.includes(extension) ? fit + EXTENSION_BONUS : fit;
    if (score > bestScore) {
      best = format;
      bestScore = score;
    }
  }
  return best;
}

/** The format of that id; undefined when there is none. */
export function findFormat(id: string): FileFormat | undefined {
  return FORMATS.find((format) => format.id === id);
}
