import { describeFault, type Fault } from './contract';

/** Starts, loads its caches, falls over, again and again; systemd's default rests in between are short beside this. */
const CYCLE_S = 24;
const DOWN_S = 5;
const START_S = 10;

/** A service that dies soon after each start: memory is freed and filled again, and each start burns processor time. */
export const crashLoop: Fault = {
  spec: describeFault({
    id: 'crash-loop',
    label: 'Crash loop',
    description: 'A service dies of the same error soon after each start and is started again.',
    severity: 'major',
    signature:
      'Every 24 s CPU, memory and network fall for some seconds, then CPU peaks with the start. Log lines of a segmentation fault and of restarts that are counted.',
    durationS: 240,
  }),
  ambient: false,
  perturb(values, { elapsedS, intensity }, random) {
    const position = elapsedS % CYCLE_S;
    if (position < DOWN_S) {
      values.cpu *= 1 - 0.75 * intensity;
      values.memory *= 1 - 0.4 * intensity;
      values.network *= 1 - 0.9 * intensity;
    } else if (position < START_S) {
      values.cpu += (90 - values.cpu) * 0.7 * intensity * (0.9 + 0.2 * random.next());
      values.memory *= 1 - 0.2 * intensity;
      values.network *= 1 - 0.5 * intensity;
    }
  },
  lines: [
    {
      level: 'critical',
      text: 'kernel: app-server[{pid}]: segfault at {id} ip {trace} sp {trace} error 4 in libcore.so',
      perSecond: ({ elapsedS, intensity }) => (elapsedS % CYCLE_S < 1 ? 1.5 * intensity : 0),
    },
    {
      level: 'error',
      text: 'systemd[1]: app.service: Main process exited, code=dumped, status=11/SEGV',
      perSecond: ({ elapsedS, intensity }) => (elapsedS % CYCLE_S < 2 ? 0.9 * intensity : 0),
    },
    {
      level: 'warning',
      text: 'systemd[1]: app.service: Scheduled restart job, restart counter is at {small}',
      perSecond: ({ elapsedS, intensity }) => (elapsedS % CYCLE_S < DOWN_S ? 0.4 * intensity : 0),
    },
  ],
};
