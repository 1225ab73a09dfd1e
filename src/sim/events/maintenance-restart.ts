import { eventParams, type NormalEvent } from './contract';

const BACK_S = 40;

/** A planned reboot, for a kernel update: the server is away for half a minute and starts with empty memory. */
export const maintenanceRestart: NormalEvent = {
  spec: {
    id: 'maintenance-restart',
    label: 'Planned restart',
    description: 'Servers are rebooted for an update, one after the other.',
    signature:
      'Traffic, CPU and memory of a server fall to almost nothing for half a minute, then it boots with a busy disk and its memory fills again. Log lines of shutdown and boot.',
    params: eventParams(120),
  },
  turnS: 120,
  apply(effect, { elapsedS, turnS, intensity }) {
    const pace = Math.max(1, 120 / turnS);
    const at = elapsedS * pace;
    if (at < BACK_S) effect.serve = 0;
    if (at >= 8 && at < BACK_S) {
      effect.memory = -35;
      effect.cpu = -4;
      effect.diskFactor = 0.1;
      effect.lines = 0;
    }
    if (at >= BACK_S && at < 110) {
      const filling = 1 - (at - BACK_S) / 70;
      effect.memory = -30 * filling;
      effect.cpu = 18 * intensity * filling;
      effect.diskFactor = 1 + 4 * intensity * filling;
    }
    if (at >= BACK_S && at - pace < BACK_S) effect.restart = 1;
  },
  lines: [
    { level: 'info', text: 'systemd[1]: Reached target Reboot, planned maintenance window', when: { atS: 4 } },
    { level: 'info', text: 'systemd-logind[{pid}]: System is rebooting (kernel update)', when: { atS: 5 } },
    {
      level: 'info',
      text: 'kernel: Linux version 6.1.0-28-cloud-amd64 booting, command line ro quiet',
      when: { atS: 40 },
    },
    {
      level: 'info',
      text: 'kernel: EXT4-fs (nvme0n1p1): mounted filesystem with ordered data mode',
      when: { atS: 41 },
    },
    {
      level: 'info',
      text: 'systemd[1]: Startup finished in {seconds}s (kernel) + {seconds}s (userspace)',
      when: { atS: 46 },
    },
    { level: 'info', text: 'readiness probe ok after {seconds}s, taking traffic', when: { atS: 50 } },
  ],
};
