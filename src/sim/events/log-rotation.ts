import { eventParams, type NormalEvent } from './contract';

/** The day's log files are renamed and compressed. */
export const logRotation: NormalEvent = {
  spec: {
    id: 'log-rotation',
    label: 'Log rotation',
    description: 'The log files of the day are renamed and compressed.',
    signature:
      'Disk up to 2.3 times as busy and CPU up to 8 points higher for a quarter of a minute. Log lines of logrotate.',
    params: eventParams(18),
  },
  turnS: undefined,
  apply(effect, { intensity }) {
    effect.cpu = 8 * intensity;
    effect.diskFactor = 1 + 1.3 * intensity;
  },
  lines: [
    { level: 'info', text: 'logrotate: rotating /var/log/app/access.log, {megabytes} MB', when: { atS: 0 } },
    { level: 'info', text: 'logrotate: compressed /var/log/app/access.log.1 to {megabytes} MB', when: { atS: 12 } },
  ],
};
