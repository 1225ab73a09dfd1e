import { describeFault, type Fault } from './contract';

/** Seconds that the new version takes to start; after that its errors begin. */
const RESTART_S = 6;

/** A release with a bug: a short dip while it starts, then errors. Failed requests are short, and logging exceptions costs processor time. */
export const badDeploy: Fault = {
  spec: describeFault({
    id: 'bad-deploy',
    label: 'Error burst after a bad deploy',
    description: 'A new release throws on a part of all requests until it is rolled back.',
    severity: 'major',
    signature:
      'CPU, memory and network dip for some seconds while the release starts; then CPU is higher and network lower than before. Log lines of a deployment, stack traces and status 500.',
    durationS: 300,
  }),
  ambient: false,
  perturb(values, { elapsedS, intensity }, random) {
    if (elapsedS < RESTART_S) {
      values.cpu *= 1 - 0.6 * intensity;
      values.memory *= 1 - 0.35 * intensity;
      values.network *= 1 - 0.85 * intensity;
      return;
    }
    values.cpu += 14 * intensity * (0.8 + 0.4 * random.next());
    values.network *= 1 - 0.35 * intensity * (0.9 + 0.2 * random.next());
    values.memory += 1.5 * intensity;
  },
  lines: [
    {
      level: 'info',
      text: 'deploy: release {id} activated on {host}, previous release kept for rollback',
      perSecond: ({ elapsedS }) => (elapsedS < RESTART_S ? 0.3 : 0),
    },
    {
      level: 'error',
      text: 'request {trace} POST {apiRoute} -> 500 in {ms}ms: TypeError: Cannot read properties of undefined (reading "currency")',
      perSecond: ({ elapsedS, intensity }) => (elapsedS < RESTART_S ? 0 : 0.9 * intensity),
    },
    {
      level: 'error',
      text: '    at PriceService.format (/srv/app/dist/price-service.js:{small}:{day})',
      perSecond: ({ elapsedS, intensity }) => (elapsedS < RESTART_S ? 0 : 0.9 * intensity),
    },
    {
      level: 'warning',
      text: 'error budget of {apiRoute}: {percent}% burnt in the last 5 minutes',
      perSecond: ({ elapsedS, intensity }) => (elapsedS < 30 ? 0 : 0.06 * intensity),
    },
  ],
};
