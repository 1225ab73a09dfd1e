import type { Cause } from '../domain/alerts';

/** Wording in a log line that names a cause. Repetition inside a pattern is bounded, so that no line can make it slow. */
export interface LogWord {
  readonly cause: Exclude<Cause, 'unknown'>;
  readonly name: string;
  readonly pattern: RegExp;
}

/** Registry: one entry a wording. Messages of kernels, runtimes, databases, clusters and agents as they are printed in the wild. */
export const LOG_WORDS: readonly LogWord[] = [
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
    cause: 'crypto-mining',
    name: 'miner',
    pattern: /xmrig|minerd|cryptonight|monero|coinhive|nicehash|randomx|crypto[- ]?min(er|ing)/i,
  },
  {
    cause: 'crypto-mining',
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
  {
    cause: 'cpu-spike',
    name: 'busy process',
    pattern:
      /\d ?% ?cpu\b|cpu (usage|load|saturat)[^\n]{0,30}(high|exceed|above|100)|run ?queue|load average|process[^\n]{0,40}in state R\b/i,
  },
  {
    cause: 'disk-full',
    name: 'no space left',
    pattern: /no space left|\benospc\b|disk (is )?full|out of (disk|space)|cannot extend file|quota (is )?exceeded/i,
  },
  {
    cause: 'disk-full',
    name: 'little space left',
    pattern:
      /\b(9\d|100)(\.\d)? ?% (full|used)|low disk space|free (disk )?space|inodes? (free|left)|high[ -]watermark[^\n]{0,30}disk/i,
  },
  {
    cause: 'disk-thrashing',
    name: 'slow writes',
    pattern:
      /fsync[^\n]{0,30}(took|slow|lat)|slow (disk|i\/o|io|fsync|write|sync)|(write|read|flush|checkpoint)[^\n]{0,30}took too long/i,
  },
  {
    cause: 'disk-thrashing',
    name: 'long disk queue',
    pattern:
      /\bawait \d|queue depth|\bio ?wait\b|iostat[^\n]{0,40}util|blocked for more than \d{1,6} seconds|disk (util|busy)/i,
  },
  {
    cause: 'ransomware',
    name: 'ransom note',
    pattern: /ransom|how[ _-]to[ _-](recover|decrypt|restore)|decrypt[ _-]instruction/i,
  },
  {
    cause: 'ransomware',
    name: 'encrypted files',
    pattern:
      /\.(locked|encrypted|crypt|enc)\b|files? (were )?encrypted|\d files (changed|renamed|modified)[^\n]{0,40}within/i,
  },
  {
    cause: 'ransomware',
    name: 'backups removed',
    pattern: /(snapshots?|shadow copies|backups?) (were )?deleted|vssadmin|backup[^\n]{0,30}(stopped|disabled) by/i,
  },
  {
    cause: 'network-partition',
    name: 'no route',
    pattern: /no route to host|(network|host) (is )?unreachable|link (is )?down|\behostunreach\b|\benetunreach\b/i,
  },
  {
    cause: 'network-partition',
    name: 'peers lost',
    pattern:
      /lost (contact|connection)( with| to)? (the )?(leader|master|primary|quorum|cluster)|starting election|split[- ]brain|no quorum|lost quorum|network partition|suspect[^\n]{0,40}(failed|dead)|no acks? received/i,
  },
  {
    cause: 'packet-loss',
    name: 'retransmissions',
    pattern: /retransmi(t|ssion)|duplicate acks?|packets? (loss|lost)|packet[- ]loss|(rx|tx|crc|frame) errors/i,
  },
  {
    cause: 'packet-loss',
    name: 'calls that time out',
    pattern: /deadline[^\n]{0,20}exceeded|(call|rpc|ping|round trip)[^\n]{0,40}(took|latency)[^\n]{0,12}\d{3,} ?ms/i,
  },
  {
    cause: 'dns-failure',
    name: 'names that do not resolve',
    pattern:
      /\beai_again\b|\benotfound\b|nxdomain|servfail|name resolution|(could|can) ?not resolve|unable to resolve|no such host|unknown host|getaddrinfo/i,
  },
  {
    cause: 'dns-failure',
    name: 'resolver in trouble',
    pattern:
      /systemd-resolved[^\n]{0,40}degraded|lookup [^\n]{0,80}:53\b|dns[^\n]{0,40}(timeout|timed out|fail)|resolver[^\n]{0,30}(timeout|timed out|unreachable)/i,
  },
  {
    cause: 'connection-pool',
    name: 'no connection free',
    pattern:
      /connection is not available|connection pool|pool[^\n]{0,30}(exhaust|timed out|timeout|is full|limit)|(waiting for|acquire|get) a? ?connection/i,
  },
  {
    cause: 'connection-pool',
    name: 'too many connections',
    pattern: /too many (connections|clients)|remaining connection slots|max_connections|connection limit/i,
  },
  {
    cause: 'cascading-failure',
    name: 'open circuit breakers',
    pattern: /circuit[ -]?breaker|bulkhead|upstream[^\n]{0,30}(unhealthy|unavailable)|no healthy upstream/i,
  },
  {
    cause: 'cascading-failure',
    name: 'retries and shed load',
    pattern: /retry budget|retries? exhausted|shed(ding)? load|load shedding|retry storm/i,
  },
  {
    cause: 'cascading-failure',
    name: 'failed health checks',
    pattern: /health ?check[^\n]{0,60}fail|marked (as )?(unhealthy|down|dead)/i,
  },
  {
    cause: 'noisy-neighbour',
    name: 'stolen time',
    pattern: /steal(ing)?[ _-]?time|cpu steal|\bst=\d|\d% steal|cpu (credits?|ready)|clocksource[^\n]{0,80}unstable/i,
  },
  {
    cause: 'noisy-neighbour',
    name: 'throttled by the host',
    pattern:
      /throttled by (the )?(host|hypervisor)|noisy neighbou?r|burst (balance|credits?)|hypervisor[^\n]{0,30}(contention|overcommit)/i,
  },
  {
    cause: 'bad-deploy',
    name: 'failing requests',
    pattern:
      /(->|status[ =:]?|http\/\d(\.\d)?"?|returned) ?5\d\d\b|internal server error|error budget|error rate[^\n]{0,30}(above|exceed|\d ?%)/i,
  },
  {
    cause: 'bad-deploy',
    name: 'exceptions in the code',
    pattern:
      /typeerror|nullpointer|referenceerror|attributeerror|keyerror|traceback|nil pointer|undefined (method|is not)|cannot read propert|^\s{1,8}at [\w$.<>]{1,80} ?\(/i,
  },
  {
    cause: 'bad-deploy',
    name: 'a release',
    pattern:
      /\bdeploy(ed|ment|ing)?\b|\brelease [\w.-]{1,60} (activated|installed|rolled)|roll(ed|ing)? ?(out|back)|new version/i,
  },
  {
    cause: 'crash-loop',
    name: 'restarts',
    pattern:
      /restart counter|scheduled restart|crashloop|back-?off restarting|restarted too (often|quickly)|(process|container|worker)[^\n]{0,30}exited[^\n]{0,30}(code|status|signal)/i,
  },
  {
    cause: 'log-storm',
    name: 'suppressed lines',
    pattern:
      /suppress(ed|ing) \d{1,9} (messages|lines|logs|callbacks)|\d (messages|callbacks) suppressed|(messages|logs?|lines) (were |was )?(dropped|rate[- ]limited)|last message repeated/i,
  },
  {
    cause: 'credential-stuffing',
    name: 'failed log-ins',
    pattern:
      /failed (password|log-?in|authentication)|log-?in (attempt )?fail|authentication (failure|failed)|auth[^\n]{0,20}(denied|fail)|invalid (user|credentials|password)|wrong password|bad password/i,
  },
  {
    cause: 'credential-stuffing',
    name: 'log-ins from elsewhere',
    pattern:
      /brute[- ]?force|credential stuffing|(signed|logged) in from (a )?(new|unknown|unusual)|too many (log-?in|authentication|password)|account[^\n]{0,30}locked/i,
  },
  {
    cause: 'data-exfiltration',
    name: 'outgoing transfers',
    pattern:
      /exfiltrat|egress:|egress (volume|traffic|session|bytes)|(unusual|large) (outbound|outgoing|upload)|(outbound|outgoing|tls session|transfer)[^\n]{0,80}\b(mb|gb|bytes) (sent|uploaded|out)/i,
  },
  {
    cause: 'data-exfiltration',
    name: 'bulk reads',
    pattern:
      /bulk (read|export|download|copy)|mass download|read \d{3,} rows|(dump|export)(ed|ing) (table|database|all)|pg_dump|mysqldump/i,
  },
  {
    cause: 'clock-skew',
    name: 'wrong clock',
    pattern:
      /clock[^\n]{0,30}(wrong|skew|drift|offset|unsynchron|jump|stepped|behind|ahead)|(ntpd?|chronyd|timesyncd)[^\n]{0,60}(wrong|unsynchron|slew|offset|no server|unreachable)|time[ -](skew|drift)/i,
  },
  {
    cause: 'clock-skew',
    name: 'out of its time',
    pattern:
      /issued[^\n]{0,30}in the future|not yet valid|used before issued|current time is[^\n]{0,20}(ahead|behind)|timestamp[^\n]{0,30}(in the future|out of range|too old)/i,
  },
  {
    cause: 'level-shift',
    name: 'slower answers',
    pattern:
      /\bp9\d\b[^\n]{0,60}(above|exceed|over|slow)|(latency|response time)[^\n]{0,40}(above|exceed|over|rising|degrad)|(slo|objective|sla)[^\n]{0,30}(burn|miss|breach|violat)|above objective/i,
  },
  {
    cause: 'level-shift',
    name: 'a cache that misses more',
    pattern:
      /(cache )?hit (ratio|rate)[^\n]{0,20}(fell|fall|drop|low|down)|cache miss(es)? (rate|ratio)?[^\n]{0,20}(rising|rose|up|high)/i,
  },
  {
    cause: 'log-error',
    name: 'crash',
    pattern: /segfault|segmentation fault|kernel panic|core dumped|fatal (error|exception)|unhandled exception/i,
  },
];
