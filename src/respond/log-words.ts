import type { AlertLogEvidence, Cause } from '../domain/alerts';
import { LOG_WORDS } from './log-wordings';

/** Only the head of a line is searched: what names a cause stands there, and a line may be a megabyte long. */
const SEARCHED_CHARS = 2000;

export interface WordsFound {
  /** Names of the wordings found, each once, in registry order. */
  readonly names: readonly string[];
  /** How many lines carried at least one of them. */
  readonly lines: number;
}

/** Which wordings of which cause the lines carry. Causes that no line names are absent. */
export function findLogWords(logs: readonly AlertLogEvidence[]): ReadonlyMap<Cause, WordsFound> {
  const found = new Map<Cause, { names: Set<string>; lines: Set<number> }>();
  for (const word of LOG_WORDS) {
    logs.forEach((log, line) => {
      if (!word.pattern.test(log.message.slice(0, SEARCHED_CHARS))) return;
      const entry = found.get(word.cause) ?? { names: new Set(), lines: new Set() };
      entry.names.add(word.name);
      entry.lines.add(line);
      found.set(word.cause, entry);
    });
  }
  return new Map([...found].map(([cause, { names, lines }]) => [cause, { names: [...names], lines: lines.size }]));
}
