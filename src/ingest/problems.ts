import { LIMITS } from './limits';
import type { FileProblem } from './types';

/** The first 100 problems of a file one by one, and how often anything was wrong. */
export interface ProblemList {
  readonly found: number;
  add(line: number, message: string): void;
  list(): readonly FileProblem[];
}

export function createProblemList(): ProblemList {
  const problems: FileProblem[] = [];
  let found = 0;
  return {
    get found() {
      return found;
    },
    add(line, message) {
      found++;
      if (problems.length < LIMITS.problems) problems.push({ line, message });
    },
    list: () => problems.slice(),
  };
}
