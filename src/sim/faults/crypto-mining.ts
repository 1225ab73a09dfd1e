import { describeFault, type Fault } from './contract';

const SPIN_UP_S = 3;

/** A miner takes the idle CPU time within seconds and holds it: a flat line near 98 %. */
export const cryptoMining: Fault = {
  spec: describeFault({
    id: 'crypto-mining',
    label: 'CPU spike / crypto-mining',
    description: 'A hidden miner uses the processor for somebody else.',
    severity: 'major',
    signature:
      'CPU rises to 95-100 % within seconds and stays flat; memory, disk and network hardly move. Log lines name an unknown process and connections to a mining pool.',
    durationS: 180,
  }),
  ambient: true,
  perturb(values, { elapsedS, intensity }, random) {
    const taken = Math.min(1, 1.25 * intensity) * Math.min(1, (elapsedS + 1) / SPIN_UP_S);
    values.cpu += taken * (98 + 0.4 * random.normal() - values.cpu);
    values.memory += 2 * taken;
    values.network += 0.8 * taken;
  },
  lines: [
    {
      level: 'warning',
      text: 'auditd: process kworkerds pid={pid} exe=/tmp/.x/xmrig uid=33 holds {small} threads at full load',
      perSecond: ({ intensity }) => 0.25 * intensity,
    },
    {
      level: 'warning',
      text: 'outbound connection to stratum+tcp://pool.example.org:3333 ({attacker}) by pid {pid} not in egress policy',
      perSecond: ({ intensity }) => 0.35 * intensity,
    },
    {
      level: 'error',
      text: 'thermal: CPU{small} above threshold, clock throttled (total events = {count})',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 5 ? 0.2 * intensity : 0),
    },
  ],
};
