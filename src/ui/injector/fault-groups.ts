import type { FaultSpec } from '../../domain/faults';

/** Kinds of fault by what a person thinks of first. A fault that stands nowhere here is listed under OTHER. */
const GROUPS: readonly { readonly label: string; readonly ids: readonly string[] }[] = [
  {
    label: 'Attack',
    ids: ['ddos', 'crypto-mining', 'credential-stuffing', 'data-exfiltration', 'ransomware'],
  },
  { label: 'Load and memory', ids: ['memory-leak', 'cpu-hog', 'noisy-neighbour', 'slow-creep'] },
  { label: 'Disk', ids: ['disk-failure', 'disk-full', 'disk-thrashing'] },
  { label: 'Network', ids: ['network-partition', 'packet-loss', 'dns-failure'] },
  {
    label: 'Software',
    ids: ['bad-deploy', 'crash-loop', 'connection-pool', 'cascading-failure', 'log-storm'],
  },
  { label: 'Measurement', ids: ['stuck-sensor', 'clock-skew'] },
];
const OTHER = 'Other';

export interface FaultGroup {
  readonly label: string;
  readonly faults: readonly FaultSpec[];
}

/** The faults under their headings, each once; headings without a fault are left out. */
export function groupFaults(faults: readonly FaultSpec[]): readonly FaultGroup[] {
  const labelOf = ({ id }: FaultSpec): string => GROUPS.find(({ ids }) => ids.includes(id))?.label ?? OTHER;
  return [...GROUPS.map(({ label }) => label), OTHER]
    .map((label) => ({ label, faults: faults.filter((fault) => labelOf(fault) === label) }))
    .filter((group) => group.faults.length > 0);
}

/** Faults in whose name, description, signature or severity every word of `text` stands, whatever its case. '' finds all. */
export function searchFaults(faults: readonly FaultSpec[], text: string): readonly FaultSpec[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return faults.filter(({ id, label, description, signature, severity }) => {
    const all = `${id} ${label} ${description} ${signature} ${severity}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
