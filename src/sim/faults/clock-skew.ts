import { describeFault, type Fault } from './contract';

/**
 * The device's clock runs fast. Samples and lines carry the time at which the collector got them, as with any collector that pulls, so the
 * skew shows in what the device computes with its own clock: rates are divided by seconds that are too long, and tokens and certificates
 * are out of their time.
 */
export const clockSkew: Fault = {
  spec: describeFault({
    id: 'clock-skew',
    label: 'Clock skew',
    description: "The device's clock runs away from everybody else's.",
    severity: 'minor',
    signature:
      'Disk and network rates fall by the drift, since the device counts too many seconds; CPU and memory stay. Log lines of a wrong system clock, of tokens issued in the future and of rejected certificates.',
    durationS: 600,
    ramp: 60,
    params: [
      {
        key: 'driftPct',
        label: 'Drift',
        unit: '%',
        min: 1,
        max: 100,
        default: 40,
        step: 1,
        help: 'How much faster its clock runs at full intensity.',
      },
    ],
  }),
  ambient: false,
  perturb(values, { intensity, params }) {
    const seconds = 1 + (params.driftPct / 100) * intensity;
    values.disk /= seconds;
    values.network /= seconds;
  },
  lines: [
    {
      level: 'warning',
      text: 'chronyd[{pid}]: System clock wrong by {seconds} seconds (source {peer}), slew limit reached',
      perSecond: ({ intensity }) => 0.15 * intensity,
    },
    {
      level: 'error',
      text: 'token {id} of {user} rejected: issued {seconds} s in the future',
      perSecond: ({ intensity }) => 0.35 * intensity,
    },
    {
      level: 'error',
      text: 'x509: certificate of {peer} has expired or is not yet valid: current time is {day} s ahead',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 20 ? 0.15 * intensity : 0),
    },
  ],
};
