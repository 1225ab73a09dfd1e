import { describeFault, type Fault } from './contract';

/** The device is cut off from its peers; only the monitoring network still reaches it. What it served goes to others. */
export const networkPartition: Fault = {
  spec: describeFault({
    id: 'network-partition',
    label: 'Network partition',
    description: 'A broken link or route cuts the device off from its peers and its clients.',
    severity: 'critical',
    signature:
      'Network falls to nearly nothing at once, CPU and disk to their idle values; its peers take over its load. Log lines of unreachable peers, lost leaders and timeouts.',
    durationS: 180,
  }),
  ambient: false,
  offline: true,
  perturb(values, { intensity }, random) {
    values.network *= 1 - Math.min(1, 1.2 * intensity) * (0.97 + 0.02 * random.next());
    values.cpu *= 1 - 0.5 * intensity;
    values.disk *= 1 - 0.5 * intensity;
    values.memory += 2 * intensity;
  },
  lines: [
    {
      level: 'error',
      text: 'dial tcp {peer}:{port}: connect: no route to host',
      perSecond: ({ intensity }) => 0.9 * intensity,
    },
    {
      level: 'warning',
      text: 'raft: node {id} lost contact with leader {peer}, starting election for term {count}',
      perSecond: ({ intensity }) => 0.3 * intensity,
    },
    {
      level: 'error',
      text: 'gossip: suspect {peer} has failed, no acks received in {slowMs}ms',
      perSecond: ({ intensity }) => 0.4 * intensity,
    },
  ],
};
