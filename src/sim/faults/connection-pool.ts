import { describeFault, type Fault } from './contract';

/** Connections are taken and not given back: every worker waits, so that the machine idles while its users get errors. */
export const connectionPool: Fault = {
  spec: describeFault({
    id: 'connection-pool',
    label: 'Connection-pool exhaustion',
    description: 'Connections to the database are never given back, until all workers wait for one.',
    severity: 'major',
    signature:
      'CPU, network and disk fall while memory rises with waiting requests. Log lines of pool timeouts, exhausted connection slots and requests that give up.',
    durationS: 300,
    ramp: 30,
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    values.cpu *= 1 - 0.5 * intensity * (0.9 + 0.2 * random.next());
    values.network *= 1 - 0.6 * intensity * (0.9 + 0.2 * random.next());
    values.disk *= 1 - 0.4 * intensity;
    values.memory += 5 * intensity;
  },
  lines: [
    {
      level: 'error',
      text: 'HikariPool-1 - Connection is not available, request timed out after {slowMs}ms (total=20, active=20, idle=0, waiting={small})',
      perSecond: ({ intensity }) => 0.9 * intensity,
    },
    {
      level: 'error',
      text: 'FATAL: remaining connection slots are reserved for superuser, client {peer}',
      perSecond: ({ intensity }) => 0.3 * intensity,
    },
    {
      level: 'warning',
      text: 'request {trace} {apiRoute} gave up after {slowMs}ms waiting for a connection',
      perSecond: ({ intensity }) => 0.5 * intensity,
    },
  ],
};
