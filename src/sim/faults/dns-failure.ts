import { describeFault, type Fault } from './contract';

/** Names do not resolve: calls to others fail at once, what is cached or local still works. */
export const dnsFailure: Fault = {
  spec: describeFault({
    id: 'dns-failure',
    label: 'DNS failure',
    description: 'The resolver answers late or not at all, so that calls to other services fail.',
    severity: 'major',
    signature:
      'Network falls by up to half and swings, CPU falls a little. Log lines of names that do not resolve and of resolver timeouts.',
    durationS: 240,
    ramp: 15,
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    values.network *= (1 - 0.5 * intensity) * Math.exp(0.15 * intensity * random.normal());
    values.cpu *= 1 - 0.15 * intensity;
  },
  lines: [
    {
      level: 'error',
      text: 'getaddrinfo EAI_AGAIN payments.internal (resolver {peer}), attempt {small}',
      perSecond: ({ intensity }) => 0.7 * intensity,
    },
    {
      level: 'warning',
      text: 'systemd-resolved[{pid}]: Using degraded feature set UDP instead of UDP+EDNS0 for DNS server {peer}',
      perSecond: ({ intensity }) => 0.15 * intensity,
    },
    {
      level: 'error',
      text: 'lookup orders.internal on {peer}:53: read udp {peer}:{port}: i/o timeout',
      perSecond: ({ intensity }) => 0.4 * intensity,
    },
  ],
};
