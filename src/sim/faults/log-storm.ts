import { describeFault, type Fault } from './contract';

/** A tight loop that logs each turn. Harmless to the machine at first; the lines are what is wrong. */
export const logStorm: Fault = {
  spec: describeFault({
    id: 'log-storm',
    label: 'Log storm',
    description: 'A loop without a pause writes the same few lines many times a second.',
    severity: 'minor',
    signature:
      'Disk I/O and CPU rise a little with the writing. Many log lines a second of two or three kinds, most of them at the levels debug and warning.',
    durationS: 180,
    params: [
      {
        key: 'linesPerSecond',
        label: 'Lines',
        unit: '/s',
        min: 1,
        max: 20,
        default: 10,
        step: 1,
        help: 'Lines a second at full intensity.',
      },
    ],
  }),
  ambient: false,
  perturb(values, { intensity, params }, random) {
    values.disk += 0.25 * params.linesPerSecond * intensity * (0.8 + 0.4 * random.next());
    values.cpu += 0.4 * params.linesPerSecond * intensity * (0.8 + 0.4 * random.next());
  },
  lines: [
    {
      level: 'warning',
      text: 'reconnecting to broker {peer}:{port}, attempt {count}',
      perSecond: ({ intensity, params }) => 0.5 * params.linesPerSecond * intensity,
    },
    {
      level: 'debug',
      text: 'broker {peer}:{port} closed the channel (code 320), scheduling reconnect in 0 ms',
      perSecond: ({ intensity, params }) => 0.45 * params.linesPerSecond * intensity,
    },
    {
      level: 'warning',
      text: 'journald: suppressed {count} messages from app.service',
      perSecond: ({ intensity, params }) => 0.02 * params.linesPerSecond * intensity,
    },
  ],
};
