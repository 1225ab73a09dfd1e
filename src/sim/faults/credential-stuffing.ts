import { describeFault, type Fault } from './contract';

/** Passwords from a stolen list are tried one after the other, from many addresses, slowly enough not to be seen in any metric. */
export const credentialStuffing: Fault = {
  spec: describeFault({
    id: 'credential-stuffing',
    label: 'Credential stuffing (logs only)',
    description: 'Stolen user names and passwords are tried from many addresses.',
    severity: 'major',
    signature:
      'No metric moves. Log lines of failed log-ins for ever other accounts from foreign addresses, now and then one that works.',
    seenIn: { metrics: false, logs: true },
    durationS: 600,
    ramp: 20,
    params: [
      {
        key: 'attemptsPerSecond',
        label: 'Attempts',
        unit: '/s',
        min: 0.1,
        max: 10,
        default: 1.5,
        step: 0.1,
        help: 'Failed log-ins a second at full intensity.',
      },
    ],
  }),
  ambient: false,
  perturb() {
    // A log-in costs nothing that a sample a second would show.
  },
  lines: [
    {
      level: 'info',
      text: 'sshd[{pid}]: Failed password for invalid user {account} from {attacker} port {port} ssh2',
      perSecond: ({ intensity, params }) => 0.4 * params.attemptsPerSecond * intensity,
    },
    {
      level: 'info',
      text: 'auth: login failed for {account} from {attacker}: wrong password (attempt 1)',
      perSecond: ({ intensity, params }) => 0.6 * params.attemptsPerSecond * intensity,
    },
    {
      level: 'warning',
      text: 'auth: account {account} signed in from a new country, {attacker}, near {city}',
      perSecond: ({ intensity, params }) => 0.01 * params.attemptsPerSecond * intensity,
    },
  ],
};
