import { describeFault, type Fault } from './contract';

/** A flood of connections from outside: the network jumps at once, the CPU follows with the interrupts. */
export const ddos: Fault = {
  spec: describeFault({
    id: 'ddos',
    label: 'DDoS / network flood',
    description: 'Many foreign hosts flood the device with connections that are never completed.',
    severity: 'critical',
    signature:
      'Network traffic jumps to 10-20 times its usual value at once, CPU rises with it. Log lines of SYN floods, full connection tables and timeouts, with foreign addresses.',
    durationS: 120,
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    const strength = intensity ** 1.5;
    values.network *= 1 + 19 * strength * Math.exp(0.08 * random.normal());
    values.cpu += (97 - values.cpu) * 0.8 * strength * (0.95 + 0.05 * random.next());
    values.memory += 8 * strength;
  },
  lines: [
    {
      level: 'critical',
      text: 'kernel: TCP: Possible SYN flooding on port 443 from {attacker}. Sending cookies.',
      perSecond: ({ intensity }) => 1.4 * intensity,
    },
    {
      level: 'error',
      text: 'kernel: nf_conntrack: table full, dropping packet from {attacker} port {port}',
      perSecond: ({ intensity }) => 1.1 * intensity,
    },
    {
      level: 'warning',
      text: 'connection from {attacker}:{port} (near {city}) timed out before handshake, {count} half-open',
      perSecond: ({ intensity }) => 0.9 * intensity,
    },
    {
      level: 'error',
      text: 'accept queue overflow: {count} connections dropped, request timeout after {slowMs}ms',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 2 ? 0.6 * intensity : 0),
    },
  ],
};
