import { describeFault, type Fault, type FaultMoment } from './contract';

/** Intensity at which the disk is full at the end of the onset; a weaker one only takes longer. */
const FULL_AT = 0.8;
const NEARLY = 0.9;

/** Share of the free space that is used up, 0..1. */
function filled({ growth, requested }: FaultMoment): number {
  return Math.min(1, (growth * requested) / FULL_AT);
}

/** Files pile up until nothing can be written. Space itself is no metric: what shows is the cleaning up, then the writes that fail. */
export const diskFull: Fault = {
  spec: describeFault({
    id: 'disk-full',
    label: 'Disk full (creeping)',
    description: 'Old logs and temporary files are never deleted, until no space is left.',
    severity: 'major',
    signature:
      'Disk I/O creeps up with compaction and cleaning, then falls to nearly nothing when writes fail; CPU rises a little. Log lines of a filling file system, at last "No space left on device".',
    creeping: true,
    durationS: 1800,
    ramp: 1200,
  }),
  ambient: false,
  perturb(values, moment, random) {
    const share = filled(moment);
    if (share < NEARLY) {
      values.disk += (4 + 0.6 * values.disk) * share * (0.85 + 0.3 * random.next());
      values.cpu += 5 * share;
    } else {
      values.disk *= 0.12 + 0.1 * random.next();
      values.cpu += 9 + 3 * random.next();
      values.network *= 0.8;
    }
  },
  lines: [
    {
      level: 'warning',
      text: 'statvfs: /var on {host} is {high}% full, {megabytes} MB available, {inode} inodes free',
      perSecond: (moment) => (filled(moment) > 0.2 ? 0.08 * filled(moment) : 0),
    },
    {
      level: 'warning',
      text: 'compaction of segment {id} postponed: needs {megabytes} MB of free space',
      perSecond: (moment) => (filled(moment) > 0.5 ? 0.12 * filled(moment) : 0),
    },
    {
      level: 'error',
      text: 'write /var/lib/data/{id}.tmp: no space left on device',
      perSecond: (moment) => (filled(moment) >= NEARLY ? 0.9 : 0),
    },
    {
      level: 'critical',
      text: 'cannot extend file "base/{count}/{pid}": No space left on device, transaction aborted',
      perSecond: (moment) => (filled(moment) >= 1 ? 0.3 : 0),
    },
  ],
};
