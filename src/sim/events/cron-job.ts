import { eventParams, type NormalEvent, softEdges } from './contract';

/** The hourly jobs of a server: reports, clean-up, statistics. */
export const cronJob: NormalEvent = {
  spec: {
    id: 'cron-job',
    label: 'Cron jobs',
    description: 'The hourly jobs of a server run.',
    signature: 'CPU up to 9 points higher and up to 2.4 times the disk traffic for half a minute. Log lines of cron.',
    params: eventParams(30),
  },
  turnS: undefined,
  apply(effect, moment) {
    const strength = moment.intensity * softEdges(moment, 2);
    effect.cpu = 9 * strength;
    effect.memory = 1.5 * strength;
    effect.diskFactor = 1 + 1.4 * strength;
  },
  lines: [
    { level: 'info', text: 'CRON[{pid}]: (root) CMD (run-parts --report /etc/cron.hourly)', when: { atS: 0 } },
    { level: 'info', text: 'run-parts: executed /etc/cron.hourly/{unit} in {seconds}s', when: { atS: 12 } },
  ],
};
