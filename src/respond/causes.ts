import type { Cause } from '../domain/alerts';
import { type CauseEvidence, type CauseFacts, type Departure, gatherFacts } from './facts';

export type { CauseEvidence } from './facts';

export interface CauseVerdict {
  readonly cause: Cause;
  /** The rules that named it, in words. */
  readonly rule: string;
  /** How much speaks for it, 0 and up; 0 for `unknown`. */
  readonly support: number;
}

/** A reason to think of a cause. `support` 0 = does not apply; about 1 = nothing else is needed. */
interface CauseRule {
  readonly cause: Exclude<Cause, 'unknown'>;
  readonly name: string;
  support(facts: CauseFacts): number;
}

/**
 * Registry: one entry a rule. The supports of all rules of a cause are added, and the cause with the largest sum wins.
 * Processor load is a common effect (floods are handled, stalled disks are waited for, garbage is collected), so it speaks half for whatever
 * else departed, and for itself only half when something else explains it.
 */
export const CAUSE_RULES: readonly CauseRule[] = [
  { cause: 'ddos', name: 'network far above typical', support: (f) => carry(f.networkUp, f) },
  { cause: 'ddos', name: 'log lines tell of a network flood', support: (f) => wordSupport(f, 'ddos', f.networkUp) },
  { cause: 'memory-leak', name: 'memory climbing', support: (f) => (f.memoryUp.climbing ? carryMemory(f) : 0) },
  {
    cause: 'memory-leak',
    name: 'memory stays high after climbing',
    support: (f) => (f.previous === 'memory-leak' && !f.memoryUp.climbing ? carryMemory(f) : 0),
  },
  {
    cause: 'memory-leak',
    name: 'log lines tell of exhausted memory',
    support: (f) => wordSupport(f, 'memory-leak', f.memoryUp),
  },
  { cause: 'disk-failure', name: 'disk activity far from typical', support: (f) => carry(f.diskMoved, f) },
  {
    cause: 'disk-failure',
    name: 'log lines tell of a failing disk',
    support: (f) => wordSupport(f, 'disk-failure', f.diskMoved),
  },
  { cause: 'cpu-spike', name: 'processor load far above typical', support: processorSupport },
  {
    cause: 'cpu-spike',
    name: 'log lines tell of a miner or a stalled processor',
    support: (f) => wordSupport(f, 'cpu-spike', f.cpuUp),
  },
  {
    cause: 'log-error',
    name: 'log lines of level error or critical stand out, metrics do not',
    support: logErrorSupport,
  },
  { cause: 'log-error', name: 'log lines tell of a crash', support: (f) => wordSupport(f, 'log-error', undefined) },
];

/** Below this nothing is named: a quarter of the departure is not yet its cause. */
const MIN_SUPPORT = 0.25;
/** Share from which another departure can explain the processor's load. */
const EXPLAINING_SHARE = 0.2;
/** The explaining departure must be at least this part of the processor's, or it is a bystander. */
const EXPLAINING_Z_PART = 0.25;
/** Garbage collection loads the processor when memory is far gone; a busy process that takes a little memory along is no leak. */
const LEAK_Z_PART = 0.75;
const BORROWED = 0.5;
/** One event seldom changes its nature: what it was thought to be until now counts a quarter more. */
const INERTIA = 1.25;
/** What wording in the lines is worth beside a metric share of 1; the second line adds a little certainty. */
const WORDS_ONE_LINE = 0.5;
const WORDS_MORE_LINES = 0.6;

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

/** A strong departure's share, with half of the processor load that came with it. */
function carry(departure: Departure, facts: CauseFacts): number {
  return departure.strong ? departure.share + BORROWED * facts.cpuUp.share : 0;
}

function memoryLeads({ memoryUp, cpuUp }: CauseFacts): boolean {
  return memoryUp.z >= LEAK_Z_PART * cpuUp.z;
}

function carryMemory(facts: CauseFacts): number {
  const { memoryUp } = facts;
  if (memoryLeads(facts)) return carry(memoryUp, facts);
  return memoryUp.strong ? memoryUp.share : 0;
}

function processorSupport(facts: CauseFacts): number {
  if (!facts.cpuUp.strong) return 0;
  const explained =
    explains(facts.networkUp, facts) ||
    explains(facts.diskMoved, facts) ||
    (facts.memoryUp.climbing && memoryLeads(facts) && explains(facts.memoryUp, facts)) ||
    wordsExplain('ddos', facts.networkUp, facts) ||
    wordsExplain('memory-leak', facts.memoryUp, facts) ||
    wordsExplain('disk-failure', facts.diskMoved, facts);
  return explained ? BORROWED * facts.cpuUp.share : facts.cpuUp.share;
}

function explains(departure: Departure, facts: CauseFacts): boolean {
  return departure.strong && departure.share >= EXPLAINING_SHARE && departure.z >= EXPLAINING_Z_PART * facts.cpuUp.z;
}

/** One stray line does not explain the processor's load, unless its metric moved at least a little. */
function wordsExplain(cause: Cause, departure: Departure, facts: CauseFacts): boolean {
  const words = facts.words.get(cause);
  return words !== undefined && (words.lines > 1 || departure.share > 0);
}

/** Wording counts fully when the metrics are silent or point the same way, and still counts beside another departure. */
function wordSupport(facts: CauseFacts, cause: Cause, departure: Departure | undefined): number {
  const words = facts.words.get(cause);
  if (words === undefined) return 0;
  const base = words.lines > 1 ? WORDS_MORE_LINES : WORDS_ONE_LINE;
  return base + BORROWED * (departure?.share ?? 0);
}

function logErrorSupport(facts: CauseFacts): number {
  if (!facts.logDominates || !facts.badLevel) return 0;
  return facts.metricsSpeak ? 0.3 : 0.4;
}
