import { describeFault, type Fault } from './contract';

/** A runaway process takes most of what is left of the processor, with the ups and downs of real work; requests wait behind it. */
export const cpuHog: Fault = {
  spec: describeFault({
    id: 'cpu-hog',
    label: 'CPU hog',
    description: 'A process runs wild in a loop and takes the processor from everyone else.',
    severity: 'major',
    signature:
      'CPU rises at once by most of what was idle and swings there; network falls a little, since requests wait. Log lines of slow requests and of a process that never sleeps.',
    durationS: 240,
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    values.cpu += (96 - values.cpu) * 0.8 * intensity * (0.9 + 0.2 * random.next());
    values.memory += 1.5 * intensity;
    values.network *= 1 - 0.12 * intensity;
  },
  lines: [
    {
      level: 'warning',
      text: 'process {pid} (report-worker) in state R for {small} min, {high}% CPU, nice 0',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 3 ? 0.25 * intensity : 0),
    },
    {
      level: 'warning',
      text: 'request {trace} waited {slowMs}ms for a free worker, run queue {count}',
      perSecond: ({ intensity }) => 0.5 * intensity,
    },
    {
      level: 'error',
      text: 'kernel: watchdog: BUG: soft lockup - CPU#{small} stuck for {day}s! [report-worker:{pid}]',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 20 ? 0.08 * intensity : 0),
    },
  ],
};
