import type { AlertLogEvidence, Cause } from '../domain/alerts';

/** Wording in a log line that names a cause. Repetition inside a pattern is bounded, so that no line can make it slow. */
interface LogWord {
  readonly cause: Exclude<Cause, 'unknown'>;
  readonly name: string;
  readonly pattern: RegExp;
}

/** Registry: one line a wording. Kernel, JVM, database and miner messages as they are printed in the wild. */
const LOG_WORDS: readonly LogWord[] = [
  { cause: 'ddos', name: 'SYN flood', pattern: /syn[ _-]?flood/i },
  {
    cause: 'ddos',
    name: 'flood or DDoS',
    pattern: /\bddos\b|denial[ -]of[ -]service|\b(udp|icmp|http|packet)[ -]flood/i,
  },
  { cause: 'ddos', name: 'connection table full', pattern: /(conntrack|connection)[^\n]{0,40}table[^\n]{0,20}full/i },
  {
    cause: 'ddos',
    name: 'listen queue overflow',
    pattern: /(listen|accept|syn)[^\n]{0,20}(queue|backlog)[^\n]{0,30}(overflow|full|exceed)/i,
  },
  { cause: 'ddos', name: 'half-open connections', pattern: /half[- ]open/i },
  { cause: 'ddos', name: 'SYN cookies', pattern: /syn[ _-]?cookies/i },
  { cause: 'memory-leak', name: 'out of memory', pattern: /out[ _-]?of[ _-]?memory/i },
  { cause: 'memory-leak', name: 'OOM killer', pattern: /\boom(\b|[-_ ]?kill|[-_ ]?reap)/i },
  { cause: 'memory-leak', name: 'garbage collection overhead', pattern: /gc overhead|full gc|allocation failure/i },
  { cause: 'memory-leak', name: 'heap exhausted', pattern: /heap[^\n]{0,40}(exhaust|exceed|above|full|limit|out of)/i },
  {
    cause: 'memory-leak',
    name: 'allocation failed',
    pattern: /cannot allocate memory|memory allocation[^\n]{0,20}fail|memory leak/i,
  },
  {
    cause: 'cpu-spike',
    name: 'miner',
    pattern: /xmrig|minerd|cryptonight|monero|coinhive|nicehash|randomx|crypto[- ]?min(er|ing)/i,
  },
  {
    cause: 'cpu-spike',
    name: 'mining pool protocol',
    pattern: /stratum(\+|\d?:\/\/|[ -](protocol|proxy|pool|server|login|connection|job))|mining pool/i,
  },
  {
    cause: 'cpu-spike',
    name: 'processor stalls',
    pattern: /soft lockup|(cpu|clock) (stuck|throttl)|rcu_sched[^\n]{0,20}stall/i,
  },
  { cause: 'disk-failure', name: 'I/O error', pattern: /\bi\/o[ -]error|\bio error|input\/output error/i },
  {
    cause: 'disk-failure',
    name: 'SMART',
    pattern: /\bsmart\b[^\n]{0,80}(fail|error|reallocat|pending|prefail|uncorrect|exceed)/i,
  },
  {
    cause: 'disk-failure',
    name: 'file system error',
    pattern: /(ext[234]|xfs|btrfs)[^\n]{0,40}(error|corrupt|abort|shut)/i,
  },
  {
    cause: 'disk-failure',
    name: 'read-only file system',
    pattern: /read-only file ?system|remount[^\n]{0,30}read-only/i,
  },
  {
    cause: 'disk-failure',
    name: 'bad sector',
    pattern: /bad (sector|block)|medium error|uncorrectable|reallocated sector/i,
  },
  {
    cause: 'disk-failure',
    name: 'device reset',
    pattern: /\b(ata\d|nvme|scsi|sd[a-z])[^\n]{0,60}(timeout|timed out|reset|failed|offline|exception|frozen)/i,
  },
  { cause: 'disk-failure', name: 'disk full', pattern: /no space left|disk (is )?full/i },
  {
    cause: 'log-error',
    name: 'crash',
    pattern: /segfault|segmentation fault|kernel panic|core dumped|fatal (error|exception)|unhandled exception/i,
  },
];

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
