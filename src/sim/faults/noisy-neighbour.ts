import { describeFault, type Fault, reachParam } from './contract';

/** Somebody else on the same hosts takes more than their share: several devices of a region get slow at once. */
export const noisyNeighbour: Fault = {
  spec: describeFault({
    id: 'noisy-neighbour',
    label: 'Noisy neighbour',
    description: 'Another tenant on the same hosts takes processor and disk from several devices of a region.',
    severity: 'minor',
    signature:
      'On several devices of the region at once CPU rises with stolen time and swings, disk and network fall and swing. Log lines of steal time and of slow disks.',
    durationS: 300,
    ramp: 10,
    spread: { over: 'region', shareKey: 'reach', delayKey: undefined },
    params: [
      reachParam('Share of the other devices of the region that it hits as well, when one device is the target.'),
    ],
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    values.cpu += (92 - values.cpu) * 0.32 * intensity * (0.5 + random.next());
    values.disk *= (1 - 0.45 * intensity) * Math.exp(0.3 * intensity * random.normal());
    values.network *= (1 - 0.2 * intensity) * Math.exp(0.12 * intensity * random.normal());
  },
  lines: [
    {
      level: 'warning',
      text: 'kernel: steal time {percent}% over the last 10 s on vCPU {small}',
      perSecond: ({ intensity }) => 0.3 * intensity,
    },
    {
      level: 'warning',
      text: 'volume vol-{id}: read latency {slowMs}ms, throttled by host',
      perSecond: ({ intensity }) => 0.25 * intensity,
    },
    {
      level: 'warning',
      text: 'kernel: clocksource: timekeeping watchdog on CPU{small}: Marking clocksource tsc as unstable',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 30 ? 0.02 * intensity : 0),
    },
  ],
};
