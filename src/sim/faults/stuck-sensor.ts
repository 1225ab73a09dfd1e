import type { MetricValues } from '../bounds';
import { describeFault, type Fault } from './contract';

const ORDER: readonly (keyof MetricValues)[] = ['memory', 'cpu', 'disk', 'network'];

/** The agent repeats its last values: nothing is out of range, there is only no life in it. Intensity says how many metrics are stuck. */
export const stuckSensor: Fault = {
  spec: describeFault({
    id: 'stuck-sensor',
    label: 'Stuck sensor (flat line)',
    description: 'The metrics agent hangs and reports the same values over and over.',
    severity: 'minor',
    signature:
      'Memory, CPU, disk and network repeat their last value exactly (all four from an intensity of 0.76 on, memory alone up to 0.25). No log line tells of it.',
    seenIn: { metrics: true, logs: false },
    durationS: 300,
  }),
  ambient: false,
  perturb(values, { requested, before }) {
    const stuck = ORDER.slice(0, Math.ceil(ORDER.length * requested));
    for (const metric of stuck) values[metric] = before[metric];
  },
  lines: [],
};
