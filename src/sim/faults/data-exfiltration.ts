import { describeFault, type Fault } from './contract';

/** Data leaves at a rate that is meant not to be noticed: a steady extra stream below what the device itself does. */
export const dataExfiltration: Fault = {
  spec: describeFault({
    id: 'data-exfiltration',
    label: 'Data exfiltration (slow)',
    description: 'Somebody copies the data out at a rate that stays below every threshold.',
    severity: 'major',
    signature:
      'Network rises by a steady amount that is small beside the usual traffic, disk reads and CPU by hardly anything. Few log lines: long outgoing sessions, bulk reads by a service account.',
    creeping: true,
    durationS: 3600,
    ramp: 300,
    params: [
      {
        key: 'rateMbits',
        label: 'Rate',
        unit: 'Mbit/s',
        min: 1,
        max: 200,
        default: 30,
        step: 1,
        help: 'What leaves at full intensity.',
      },
    ],
  }),
  ambient: false,
  perturb(values, { intensity, params }, random) {
    const leaving = params.rateMbits * intensity;
    values.network += leaving * (0.97 + 0.06 * random.next());
    // Eight bits a byte, and about half of what is read compresses away.
    values.disk += (leaving / 8) * 0.5 * (0.8 + 0.4 * random.next());
    values.cpu += 1.5 * intensity;
  },
  lines: [
    {
      level: 'info',
      text: 'egress: TLS session {id} to {attacker}:443 open for {count} s, {megabytes} MB sent',
      perSecond: ({ intensity }) => 0.03 * intensity,
    },
    {
      level: 'info',
      text: 'audit: svc-metrics read {count} rows of {table} in one cursor, client {peer}',
      perSecond: ({ intensity }) => 0.04 * intensity,
    },
  ],
};
