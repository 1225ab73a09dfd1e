import { describeFault, type Fault } from './contract';

const CYCLE_S = 20;
const THRASH_S = 14;

/** A dying disk: fits of retries that saturate it, then stalls in which nearly nothing gets through; the CPU waits. */
export const diskFailure: Fault = {
  spec: describeFault({
    id: 'disk-failure',
    label: 'Disk failure',
    description: 'A disk loses sectors: reads are tried again and again until they fail.',
    severity: 'critical',
    signature:
      'Disk I/O thrashes at several times its usual value, then collapses for seconds, over and over; CPU rises with I/O wait, network falls. Log lines of I/O errors, EXT4 and SMART.',
    durationS: 180,
  }),
  ambient: true,
  perturb(values, { elapsedS, intensity }, random) {
    const thrashes = elapsedS % CYCLE_S < THRASH_S;
    const retries = 11 * intensity ** 1.5 * Math.exp(0.15 * random.normal());
    // A device that hardly uses its disk is given the retries' own traffic, too.
    values.disk = thrashes ? values.disk * (1 + retries) + 25 * intensity ** 1.5 : values.disk * (1 - 0.95 * intensity);
    values.cpu += (thrashes ? 26 : 34) * intensity * (0.85 + 0.3 * random.next());
    values.network *= 1 - (thrashes ? 0.2 : 0.5) * intensity;
  },
  lines: [
    {
      level: 'critical',
      text: 'kernel: blk_update_request: I/O error, dev sda, sector {sector} op 0x0:(READ) flags 0x80700',
      perSecond: ({ intensity }) => 0.9 * intensity,
    },
    {
      level: 'critical',
      text: 'kernel: EXT4-fs error (device sda1): ext4_find_entry: inode #{inode}: reading directory lblock 0',
      perSecond: ({ intensity }) => 0.5 * intensity,
    },
    {
      level: 'error',
      text: 'kernel: Buffer I/O error on dev sda1, logical block {sector}, lost async page write',
      perSecond: ({ intensity }) => 0.5 * intensity,
    },
    {
      level: 'error',
      text: 'smartd[{pid}]: Device: /dev/sda [SAT], SMART: {small} Currently unreadable (pending) sectors',
      perSecond: ({ intensity }) => 0.2 * intensity,
    },
    {
      level: 'warning',
      text: 'kernel: ata1.00: exception Emask 0x0 SAct 0x0 SErr 0x0 action 0x6 frozen, task blocked for {small} seconds',
      perSecond: ({ elapsedS, intensity }) => (elapsedS % CYCLE_S < THRASH_S ? 0 : 0.8 * intensity),
    },
  ],
};
