import type { LineTemplate } from '../templates';

/** What any server writes once in many days: harmless, and news to whoever has not run for weeks. Weights are relative to each other. */
export const RARE_LINES: readonly LineTemplate[] = [
  {
    level: 'warning',
    weight: 3,
    text: 'kernel: perf: interrupt took too long ({count} > {count}), lowering max_sample_rate to {count}',
  },
  { level: 'info', weight: 3, text: 'kernel: nvme nvme0: 2/0/0 default/read/poll queues, firmware log page read' },
  { level: 'info', weight: 3, text: 'systemd-timesyncd[{pid}]: Contacted time server {peer}:123 (ntp-{city})' },
  { level: 'info', weight: 2, text: 'fstrim: /: {megabytes} MiB trimmed on /dev/nvme0n1p1' },
  { level: 'info', weight: 2, text: 'certbot: certificate for {host}.example.net renewed, valid for 90 days' },
  { level: 'warning', weight: 2, text: 'kernel: hrtimer: interrupt took {count} ns' },
  { level: 'info', weight: 2, text: 'apt-daily: {small} packages can be upgraded' },
  {
    level: 'warning',
    weight: 2,
    text: 'systemd-journald[{pid}]: rotated journal, size limit of {megabytes} MB reached',
  },
  { level: 'info', weight: 1, text: 'cloud-init: instance metadata refreshed in {region}' },
  { level: 'info', weight: 1, text: 'kernel: audit: backlog limit raised to {count}' },
  {
    level: 'warning',
    weight: 1,
    text: 'smartd[{pid}]: Device: /dev/nvme0, temperature changed by {small} to {percent} Celsius',
  },
  { level: 'info', weight: 1, text: 'dbus-daemon[{pid}]: configuration reloaded' },
];

/** Lines a device and day. */
export const RARE_PER_DAY = 0.3;
