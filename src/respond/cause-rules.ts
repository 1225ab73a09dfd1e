import type { Cause } from '../domain/alerts';
import type { CauseFacts, Departure } from './facts';

/** A reason to think of a cause. `support` 0 = does not apply; about 1 = nothing else is needed. */
export interface CauseRule {
  readonly cause: Exclude<Cause, 'unknown'>;
  readonly name: string;
  support(facts: CauseFacts): number;
}

/** A cause that wording names. `along`: what the metrics do with it, if they do; each counts half of its share for the wording. */
interface WordedCause {
  readonly cause: Exclude<Cause, 'unknown'>;
  readonly tells: string;
  readonly along: (facts: CauseFacts) => readonly Departure[];
}

const WORDED: readonly WordedCause[] = [
  { cause: 'ddos', tells: 'a network flood', along: (f) => [f.networkUp] },
  { cause: 'memory-leak', tells: 'exhausted memory', along: (f) => [f.memoryUp] },
  { cause: 'disk-failure', tells: 'a failing disk', along: (f) => [f.diskMoved] },
  { cause: 'cpu-spike', tells: 'a busy or stalled processor', along: (f) => [f.cpuUp] },
  { cause: 'crypto-mining', tells: 'a miner', along: (f) => [f.cpuUp] },
  { cause: 'disk-full', tells: 'a disk without space', along: (f) => [f.diskMoved, f.cpuUp] },
  { cause: 'disk-thrashing', tells: 'a disk with more work than it can do', along: (f) => [f.diskUp, f.cpuUp] },
  { cause: 'ransomware', tells: 'files that are encrypted', along: (f) => [f.diskUp, f.cpuUp] },
  { cause: 'network-partition', tells: 'peers out of reach', along: (f) => [f.networkDown, f.cpuDown, f.diskDown] },
  { cause: 'packet-loss', tells: 'lost packets or slow answers', along: (f) => [f.networkDown, f.cpuUp] },
  { cause: 'dns-failure', tells: 'names that do not resolve', along: (f) => [f.networkDown, f.cpuDown] },
  { cause: 'connection-pool', tells: 'a lack of connections', along: (f) => [f.networkDown, f.cpuDown, f.memoryUp] },
  {
    cause: 'cascading-failure',
    tells: 'retries, shed load and failed health checks',
    along: (f) => [f.cpuUp, f.networkUp, f.networkDown, f.cpuDown, f.memoryUp],
  },
  { cause: 'noisy-neighbour', tells: 'time that the host takes', along: (f) => [f.cpuUp, f.diskDown] },
  { cause: 'crash-loop', tells: 'restarts', along: (f) => [f.networkDown, f.cpuDown, f.cpuUp] },
  { cause: 'credential-stuffing', tells: 'failed log-ins', along: () => [] },
  { cause: 'data-exfiltration', tells: 'data that leave', along: (f) => [f.networkUp, f.diskUp] },
  { cause: 'clock-skew', tells: 'a wrong clock', along: (f) => [f.networkDown, f.diskDown] },
  { cause: 'level-shift', tells: 'answers that get slower', along: (f) => [f.cpuUp, f.memoryUp] },
  { cause: 'log-error', tells: 'a crash', along: () => [] },
];

const DEPLOY: WordedCause = {
  cause: 'bad-deploy',
  tells: 'requests that fail in the code',
  along: (f) => [f.cpuUp, f.networkDown],
};

/**
 * Registry: one entry a rule. The supports of all rules of a cause are added, and the cause with the largest sum wins.
 * Processor load is a common effect (floods are handled, stalled disks are waited for, garbage is collected), so it speaks half for whatever
 * else departed, and for itself only half when something else explains it. A metric speaks half for the cause that goes by its name where
 * two lines or more tell of another cause that moves it as well.
 */
export const CAUSE_RULES: readonly CauseRule[] = [
  { cause: 'ddos', name: 'network far above typical', support: (f) => carry('ddos', f.networkUp, f) },
  { cause: 'memory-leak', name: 'memory climbing', support: (f) => (f.memoryUp.climbing ? carryMemory(f) : 0) },
  {
    cause: 'memory-leak',
    name: 'memory stays high after climbing',
    support: (f) => (f.previous === 'memory-leak' && !f.memoryUp.climbing ? carryMemory(f) : 0),
  },
  {
    cause: 'disk-failure',
    name: 'disk activity far from typical',
    support: (f) => carry('disk-failure', f.diskMoved, f),
  },
  { cause: 'cpu-spike', name: 'processor load far above typical', support: processorSupport },
  {
    cause: 'crypto-mining',
    name: 'processor load far above typical beside a miner',
    support: (f) => (f.words.has('crypto-mining') && f.cpuUp.strong ? f.cpuUp.share : 0),
  },
  { cause: 'flat-line', name: 'metrics repeat one value that never do', support: (f) => f.stillShare },
  {
    cause: 'level-shift',
    name: 'levels that shifted while values stayed near typical',
    support: (f) => SHIFTED * f.shiftShare,
  },
  { cause: 'bad-deploy', name: `log lines tell of ${DEPLOY.tells}`, support: deploySupport },
  { cause: 'log-storm', name: 'log lines tell of too many log lines', support: (f) => wordSupport(f, 'log-storm', []) },
  { cause: 'log-storm', name: 'lines come far more often than they did', support: stormSupport },
  {
    cause: 'log-error',
    name: 'log lines of level error or critical stand out, metrics do not',
    support: logErrorSupport,
  },
  {
    cause: 'crash-loop',
    name: 'log lines tell of crashes beside the restarts',
    support: (f) => (f.words.has('crash-loop') && f.words.has('log-error') ? CRASHES : 0),
  },
  ...WORDED.map(
    ({ cause, tells, along }): CauseRule => ({
      cause,
      name: `log lines tell of ${tells}`,
      support: (f) => wordSupport(f, cause, along(f)),
    }),
  ),
];

/** Share from which another departure can explain the processor's load. */
const EXPLAINING_SHARE = 0.2;
/** The explaining departure must be at least this part of the processor's, or it is a bystander. */
const EXPLAINING_Z_PART = 0.25;
/** Garbage collection loads the processor when memory is far gone; a busy process that takes a little memory along is no leak. */
const LEAK_Z_PART = 0.75;
const BORROWED = 0.5;
/** What wording in the lines is worth beside a metric share of 1; the second line adds a little certainty. */
const WORDS_ONE_LINE = 0.5;
const WORDS_MORE_LINES = 0.6;
const CRASHES = 0.3;
/** Less than wording: a level shifts for whatever goes on slowly, and a line may say what. */
const SHIFTED = 0.4;
/** Part of memory's share that still speaks for a leak where nothing is worked on any more. */
const WAITING = 0.3;
/** Many lines of one kind at no bad level: below any wording. */
const STORM = 0.35;

/** A strong departure's share, with half of the processor load that came with it; half of all where the lines tell of something else. */
function carry(cause: Cause, departure: Departure, facts: CauseFacts): number {
  if (!departure.strong) return 0;
  const support = departure.share + BORROWED * facts.cpuUp.share;
  return isToldOtherwise(cause, departure, facts) ? BORROWED * support : support;
}

/** Two lines or more tell of another cause, and of none so many tell of this one, and that other cause moves the same metric. */
function isToldOtherwise(cause: Cause, departure: Departure, facts: CauseFacts): boolean {
  const own = facts.words.get(cause)?.lines ?? 0;
  return [...WORDED, DEPLOY].some((other) => {
    const lines = facts.words.get(other.cause)?.lines ?? 0;
    return other.cause !== cause && lines > 1 && lines > own && other.along(facts).some((d) => isSame(d, departure));
  });
}

/** The same metric the same way: `disk up` is part of `disk moved`. */
function isSame(a: Departure, b: Departure): boolean {
  return a.role === b.role && a.share > 0;
}

function memoryLeads({ memoryUp, cpuUp }: CauseFacts): boolean {
  return memoryUp.z >= LEAK_Z_PART * cpuUp.z;
}

function carryMemory(facts: CauseFacts): number {
  const { memoryUp, networkDown, cpuDown } = facts;
  // Requests that wait fill the memory, too.
  if (networkDown.strong && cpuDown.strong) return WAITING * memoryUp.share;
  if (memoryLeads(facts)) return carry('memory-leak', memoryUp, facts);
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
    wordsExplain('disk-failure', facts.diskMoved, facts) ||
    isToldOtherwise('cpu-spike', facts.cpuUp, facts);
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
function wordSupport(facts: CauseFacts, cause: Cause, along: readonly Departure[]): number {
  const words = facts.words.get(cause);
  if (words === undefined) return 0;
  const base = words.lines > 1 ? WORDS_MORE_LINES : WORDS_ONE_LINE;
  const share = along.reduce((sum, departure) => sum + departure.share, 0);
  return base + BORROWED * Math.min(1, share);
}

/** A release alone is nothing: there must be errors, or two kinds of wording. */
function deploySupport(facts: CauseFacts): number {
  const words = facts.words.get('bad-deploy');
  if (words === undefined || !(facts.badLevel || words.names.length > 1)) return 0;
  return wordSupport(facts, DEPLOY.cause, DEPLOY.along(facts));
}

/** Lines of levels that nobody minds, only too many of them, and no wording that says more. */
function stormSupport(facts: CauseFacts): number {
  const isOwn = facts.words.size === 0 || facts.words.has('log-storm');
  return facts.logDominates && facts.burstLines > 0 && !facts.badLevel && isOwn ? STORM : 0;
}

/** Only where no wording says more. */
function logErrorSupport(facts: CauseFacts): number {
  if (!facts.logDominates || !facts.badLevel) return 0;
  if ([...facts.words.keys()].some((cause) => cause !== 'log-error')) return 0;
  return facts.metricsSpeak ? 0.3 : 0.4;
}
