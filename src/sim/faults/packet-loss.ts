import { describeFault, type Fault } from './contract';

/** TCP's rate goes with 1 / sqrt(loss) (Mathis et al. 1997); here the share of lost traffic at full strength, for each point of loss. */
const TRAFFIC_LOST_PER_PCT = 0.022;

/** A bad cable or a crowded link: part of the packets never arrive, and everything is sent twice, late and by fits. */
export const packetLoss: Fault = {
  spec: describeFault({
    id: 'packet-loss',
    label: 'Packet loss and latency',
    description: 'A damaged link loses a part of all packets and delays the rest.',
    severity: 'minor',
    signature:
      'Network falls by a third at the default and swings more than usual, CPU rises a little with retransmissions. Log lines of retransmits, slow answers and duplicate acknowledgements.',
    durationS: 300,
    ramp: 5,
    params: [
      {
        key: 'lossPct',
        label: 'Packets lost',
        unit: '%',
        min: 1,
        max: 40,
        default: 18,
        step: 1,
        help: 'Share of the packets that are lost at full intensity.',
      },
    ],
  }),
  ambient: false,
  perturb(values, { intensity, params }, random) {
    const lost = TRAFFIC_LOST_PER_PCT * params.lossPct * intensity;
    values.network *= (1 - lost) * Math.exp(0.25 * lost * random.normal());
    values.cpu += 8 * lost * (0.7 + 0.6 * random.next());
  },
  lines: [
    {
      level: 'warning',
      text: 'kernel: TCP: {peer}:{port} retransmit timeout, {small} segments resent, rto {slowMs}ms',
      perSecond: ({ intensity, params }) => 0.04 * params.lossPct * intensity,
    },
    {
      level: 'warning',
      text: 'call to {peer} took {slowMs}ms (usual p99 {ms}ms), {small} duplicate acks',
      perSecond: ({ intensity, params }) => 0.03 * params.lossPct * intensity,
    },
    {
      level: 'error',
      text: 'rpc to {peer} failed: deadline of {slowMs}ms exceeded after {small} attempts',
      perSecond: ({ intensity, params }) => 0.01 * params.lossPct * intensity,
    },
  ],
};
