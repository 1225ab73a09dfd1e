import type { LogLevel } from '../domain/telemetry';

/** Words of syslog, log4j, java.util.logging, Python, Android and Windows. */
const WORDS = new Map<string, LogLevel>(
  (
    [
      ['debug', ['trace', 'debug', 'verbose', 'fine', 'finer', 'finest']],
      ['info', ['info', 'information', 'informational', 'notice', 'config']],
      ['warning', ['warn', 'warning']],
      ['error', ['error', 'err', 'severe', 'failure']],
      ['critical', ['fatal', 'critical', 'crit', 'alert', 'emerg', 'emergency', 'panic']],
    ] as const
  ).flatMap(([level, words]) =>
    // In capitals too: most logs write them so, and need no conversion then.
    words.flatMap((word) => [[word, level] as const, [word.toUpperCase(), level] as const]),
  ),
);

/** The level that a word names, in any case; `unknown` for other words. */
export function levelOf(word: string): LogLevel {
  return WORDS.get(word) ?? WORDS.get(word.toLowerCase()) ?? 'unknown';
}

/** RFC 5424 section 6.2.1: severity = PRI mod 8, 0 (emergency) to 7 (debug). PRI above 191 is `unknown`. */
export function levelOfPri(pri: number): LogLevel {
  if (!(pri >= 0 && pri <= 191)) return 'unknown';
  const severity = pri % 8;
  if (severity <= 2) return 'critical';
  if (severity === 3) return 'error';
  if (severity === 4) return 'warning';
  return severity === 7 ? 'debug' : 'info';
}

/** Characters of the text after the time in which a level is looked for. */
const SEARCHED = 200;
/** What may stand between the time and the level: process ids, punctuation, a thread in brackets. Words may not: "failed with error 5" names no level. */
const SKIPPABLE = /^(?:[\W\d_]+|[[(<]\S*[\])>])$/;
const MAX_SKIPPED = 4;
const BLANK = 32;
/** Longest word for a level. */
const MAX_LEVEL = 13;

/** Finds the level that a log line states right after its time, and the text behind it. `undefined` = none stated there. */
export function readLeadingLevel(text: string): { readonly level: LogLevel; readonly rest: string } | undefined {
  const first = readFirstWord(text);
  if (first !== undefined) return first;
  const token = /\S+/g;
  const head = text.slice(0, SEARCHED);
  for (let skipped = 0; skipped <= MAX_SKIPPED; skipped++) {
    const match = token.exec(head);
    if (!match) return undefined;
    const level = levelOf(match[0].replace(/^[[(<|]+|[\])>|:,]+$/g, ''));
    if (level !== 'unknown') {
      return { level, rest: text.slice(match.index + match[0].length).replace(/^[\s:|-]{1,40}/, '') };
    }
    if (!SKIPPABLE.test(match[0])) return undefined;
  }
  return undefined;
}

/** What `readLeadingLevel` finds where the text is a blank, a level in letters, a blank and then a letter or digit, as in most logs. */
function readFirstWord(text: string): { readonly level: LogLevel; readonly rest: string } | undefined {
  if (text.charCodeAt(0) !== BLANK) return undefined;
  let end = 1;
  while (isLetter(text.charCodeAt(end))) end++;
  if (end - 1 > MAX_LEVEL || text.charCodeAt(end) !== BLANK) return undefined;
  const next = text.charCodeAt(end + 1);
  if (!isLetter(next) && !(next >= 48 && next <= 57)) return undefined;
  const level = levelOf(text.slice(1, end));
  return level === 'unknown' ? undefined : { level, rest: text.slice(end + 1) };
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

/** The level that stands in capitals near the start of a free text, as people and programs write it; else `unknown`. */
export function findLevel(text: string): LogLevel {
  const match = /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|SEVERE|FATAL|CRITICAL|PANIC)\b/.exec(
    text.slice(0, SEARCHED),
  );
  return match ? levelOf(match[0]) : 'unknown';
}
