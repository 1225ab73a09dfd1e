/** What a metric is about, as far as its name or unit says. */
export type MetricRole = 'cpu' | 'memory' | 'disk' | 'network' | 'unknown';

export interface RoleGuess {
  readonly role: MetricRole;
  /** -1 where a falling value means more use (idle, free, available), else 1. */
  readonly polarity: 1 | -1;
}

/** Nouns that settle the role wherever they stand. The earliest word of a name wins. */
const STRONG: readonly (readonly [MetricRole, RegExp])[] = [
  [
    'network',
    /^(net|network\w*|eth|nic|traffic|bandwidth|packets?|tcp|udp|icmp|conn|connections?|sockets?|segs|rx|tx|pps)$/,
  ],
  ['memory', /^(mem|memory\w*|mem(used|free|avail\w*|util\w*|usage|total)|heap|rss|ram|swap|jvm)$/],
  ['disk', /^(disks?|disk\w+|iops|hdd|ssd|nvme|ebs|filesystem|volumes?|storage|blkio|sd[a-z]|xvd[a-z])$/],
  ['cpu', /^(cpu\w*|processor|vcpu|loadavg|cores?)$/],
];

/** Words that decide only where no strong noun stands. */
const WEAK: readonly (readonly [MetricRole, RegExp])[] = [
  ['network', /^(requests?|req|rps|bytesin|bytesout|inbound|outbound|ingress|egress|http)$/],
  ['disk', /^(io|reads?|writes?|readbytes|writebytes|fs)$/],
  ['memory', /^(gc|cache|buffers?)$/],
  ['cpu', /^(load|util|utili[sz]ation|usr|user)$/],
];

const UNITS: readonly (readonly [MetricRole, RegExp])[] = [
  ['network', /^([kmgt]?bits?\/s|[kmgt]?bps|packets?\/s|pkts?\/s|pps|req(uests?)?\/s|rps)$/i],
  ['disk', /^(iops|ops\/s|reads?\/s|writes?\/s)$/i],
];

const INVERSE = /^(idle|free|avail|available|memfree|memavail\w*|memoryfree|memoryavail\w*|freeable|freeablememory)$/;

/** Processor time lost to waiting for a disk speaks for the disk, although it is named after the processor. */
const IO_WAIT = /io_?wait|\bwa\b/i;

/**
 * Guesses the role from the machine name, then the label, then the unit. `unknown` when none of them says anything.
 * Words are taken at `_`, `.`, `-`, `/`, spaces, digits and camelCase humps, so that `CPUUtilization`, `load_1` and `node_disk_io` work.
 */
export function guessRole(metric: { readonly key: string; readonly label: string; readonly unit: string }): RoleGuess {
  for (const text of [metric.key, metric.label]) {
    if (IO_WAIT.test(text)) return { role: 'disk', polarity: 1 };
    const words = splitWords(text);
    const role = firstRole(words, STRONG) ?? inOutBytes(words) ?? firstRole(words, WEAK);
    if (role !== undefined) return { role, polarity: words.some((word) => INVERSE.test(word)) ? -1 : 1 };
  }
  const unit = UNITS.find(([, pattern]) => pattern.test(metric.unit.trim()));
  return { role: unit?.[0] ?? 'unknown', polarity: 1 };
}

/** Lower-case words of a name. Names longer than any sensible one are cut. */
export function splitWords(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]{2,})([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
}

function firstRole(
  words: readonly string[],
  table: readonly (readonly [MetricRole, RegExp])[],
): MetricRole | undefined {
  for (const word of words) {
    for (const [role, pattern] of table) if (pattern.test(word)) return role;
  }
  return undefined;
}

/** `bytes_in`, `in_bytes`: a direction beside a byte count is traffic. */
function inOutBytes(words: readonly string[]): MetricRole | undefined {
  const counts = words.some((word) => /^(bytes|octets|bits)$/.test(word));
  const direction = words.some((word) => /^(in|out|sent|received|recv)$/.test(word));
  return counts && direction ? 'network' : undefined;
}
