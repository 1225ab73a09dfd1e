import { describeFault, type Fault, reachParam } from './contract';

/** Seconds that a device stands the load of the failed ones before it fails itself. */
const OVERLOAD_S = 35;

/** One device of a role fails, its peers get its load and the retries, and fail one after the other. */
export const cascadingFailure: Fault = {
  spec: describeFault({
    id: 'cascading-failure',
    label: 'Cascading failure across a role',
    description: 'One device fails under load, its peers take over and fail in turn.',
    severity: 'critical',
    signature:
      'Device after device of the role: CPU to its limit and network up with retries for half a minute, then both collapse. Log lines of open circuit breakers, spent retry budgets and failed health checks.',
    durationS: 300,
    ramp: 6,
    spread: { over: 'role', shareKey: 'reach', delayKey: 'spreadS' },
    params: [
      reachParam('Share of the other devices of the role that fail as well, when one device is the target.'),
      {
        key: 'spreadS',
        label: 'Spread',
        unit: 's',
        min: 1,
        max: 600,
        default: 20,
        step: 1,
        help: 'Seconds from one device to the next.',
      },
    ],
  }),
  ambient: false,
  perturb(values, { elapsedS, intensity }, random) {
    if (elapsedS < OVERLOAD_S) {
      values.cpu += (98 - values.cpu) * intensity * (0.9 + 0.1 * random.next());
      values.network *= 1 + 1.2 * intensity * (0.8 + 0.4 * random.next());
      values.memory += 9 * intensity;
      return;
    }
    values.cpu *= 1 - 0.7 * intensity;
    values.network *= 1 - 0.9 * intensity;
    values.disk *= 1 - 0.6 * intensity;
    values.memory += 9 * intensity;
  },
  lines: [
    {
      level: 'warning',
      text: 'circuit breaker for {peer} is open: {small} of 20 calls failed',
      perSecond: ({ intensity }) => 0.6 * intensity,
    },
    {
      level: 'error',
      text: 'retry budget exhausted for {apiRoute}: {count} retries in 10 s, shedding load',
      perSecond: ({ elapsedS, intensity }) => (elapsedS < OVERLOAD_S ? 0.7 * intensity : 0.2 * intensity),
    },
    {
      level: 'critical',
      text: 'health check /healthz from {peer} failed {small} times in a row, instance marked unhealthy',
      perSecond: ({ elapsedS, intensity }) => (elapsedS < OVERLOAD_S ? 0 : 0.5 * intensity),
    },
  ],
};
