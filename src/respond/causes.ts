import type { Cause } from '../domain/alerts';
import { CAUSE_RULES } from './cause-rules';
import { type CauseEvidence, gatherFacts } from './facts';

export { CAUSE_RULES } from './cause-rules';
export type { CauseEvidence } from './facts';

export interface CauseVerdict {
  readonly cause: Cause;
  /** The rules that named it, in words. */
  readonly rule: string;
  /** How much speaks for it, 0 and up; 0 for `unknown`. */
  readonly support: number;
}

/** Below this nothing is named: a quarter of the departure is not yet its cause. */
const MIN_SUPPORT = 0.25;
/** One event seldom changes its nature: what it was thought to be until now counts a quarter more. */
const INERTIA = 1.25;
/**
 * Names the cause from the contributions (shares, z, direction, slope) and the log lines. `unknown` when nothing gathers enough support.
 * Ties go to the cause that stands first in the registry.
 */
export function inferCause(evidence: CauseEvidence): CauseVerdict {
  const facts = gatherFacts(evidence);
  const sums = new Map<Cause, { support: number; names: string[] }>();
  for (const rule of CAUSE_RULES) {
    const support = rule.support(facts);
    if (!(support > 0)) continue;
    const sum = sums.get(rule.cause) ?? { support: 0, names: [] };
    sum.support += support;
    sum.names.push(rule.name);
    sums.set(rule.cause, sum);
  }
  let best: CauseVerdict = { cause: 'unknown', rule: 'no rule applies', support: 0 };
  for (const [cause, sum] of sums) {
    const support = cause === evidence.previous ? INERTIA * sum.support : sum.support;
    if (support >= MIN_SUPPORT && support > best.support) best = { cause, rule: sum.names.join('; '), support };
  }
  return best;
}
