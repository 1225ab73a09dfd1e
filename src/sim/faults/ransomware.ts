import { describeFault, type Fault } from './contract';

/** Files are read, encrypted and written back: the disk and the processor work at the pace of the cipher, file after file. */
export const ransomware: Fault = {
  spec: describeFault({
    id: 'ransomware',
    label: 'Ransomware (file encryption)',
    description: 'A program encrypts one file after the other and renames it.',
    severity: 'critical',
    signature:
      'Disk I/O rises to several times its usual value and CPU by tens of points within half a minute, both by fits, file by file. Log lines of renamed files, stopped backup services and a note to read.',
    durationS: 300,
    ramp: 20,
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    const work = 0.6 + 0.8 * random.next();
    values.disk = values.disk * (1 + 2.5 * intensity * work) + 35 * intensity * work;
    values.cpu += (95 - values.cpu) * 0.6 * intensity * (0.6 + 0.4 * work);
    values.memory += 2 * intensity;
  },
  lines: [
    {
      level: 'info',
      text: 'auditd: rename "/srv/share/{document}" to "/srv/share/{document}.locked" pid={pid} uid=33',
      perSecond: ({ intensity }) => 1.6 * intensity,
    },
    {
      level: 'warning',
      text: 'inotify: {count} files changed under /srv/share within 10 s by pid {pid}',
      perSecond: ({ intensity }) => 0.15 * intensity,
    },
    {
      level: 'warning',
      text: 'systemd[1]: backup-agent.service: stopped by uid 33, {small} snapshots deleted',
      perSecond: ({ elapsedS }) => (elapsedS < 30 ? 0.06 : 0),
    },
    {
      level: 'error',
      text: 'smbd[{pid}]: write to /srv/share/HOW_TO_RECOVER_{id}.txt by {user}',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 10 ? 0.1 * intensity : 0),
    },
  ],
};
