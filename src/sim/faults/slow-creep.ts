import { describeFault, type Fault } from './contract';

/** A level that shifts over an hour, from one normal-looking value to another: no single sample is unusual beside its neighbours. */
export const slowCreep: Fault = {
  spec: describeFault({
    id: 'slow-creep',
    label: 'Slow creep',
    description: 'A regression makes each request a little dearer, more so with every minute.',
    severity: 'minor',
    signature:
      'CPU climbs by up to 28 points and memory by up to 16 within an hour, imperceptibly at first. Few log lines: a cache that misses more and more, slower answers.',
    creeping: true,
    durationS: 7200,
    creep: 3600,
  }),
  ambient: false,
  perturb(values, { intensity }) {
    values.cpu += 28 * intensity;
    values.memory += 16 * intensity;
  },
  lines: [
    {
      level: 'info',
      text: 'cache hit ratio fell to {percent}% over {count} lookups, heap after collection {megabytes} MB above start',
      perSecond: ({ intensity }) => 0.04 * intensity,
    },
    {
      level: 'warning',
      text: 'p95 of {apiRoute} at {slowMs}ms, above objective for {small} windows',
      perSecond: ({ intensity }) => 0.05 * intensity,
    },
  ],
};
