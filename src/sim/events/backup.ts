import { eventParams, type NormalEvent, softEdges } from './contract';

/** The nightly backup of a server with data: long sequential reads, sent over the network. */
export const backup: NormalEvent = {
  spec: {
    id: 'backup',
    label: 'Backup',
    description: 'The data is read from disk and copied elsewhere.',
    signature:
      'Disk reads of up to 120 MB/s and as much network for the whole duration, CPU a few points higher for compression. Log lines of its start, its progress and its end.',
    params: eventParams(900),
  },
  turnS: undefined,
  apply(effect, moment) {
    const strength = moment.intensity * softEdges(moment, 20);
    effect.disk = 120 * strength;
    effect.network = 260 * strength;
    effect.cpu = 9 * strength;
    effect.memory = 2 * strength;
  },
  lines: [
    { level: 'info', text: 'backup: snapshot {id} started by schedule nightly', when: { atS: 0 } },
    { level: 'info', text: 'backup: {megabytes} MB copied to s3://backups/{host}', when: { perSecond: () => 1 / 20 } },
    {
      level: 'info',
      text: 'backup: write-ahead log archived up to segment {count}',
      when: { perSecond: () => 1 / 60 },
    },
  ],
};
