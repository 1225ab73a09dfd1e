import { describeFault, type Fault } from './contract';

/** Many small reads and writes at random places: far more I/O than usual, by fits, and everybody waits for it. */
export const diskThrashing: Fault = {
  spec: describeFault({
    id: 'disk-thrashing',
    label: 'Disk thrashing',
    description: 'Too little memory or too many small files: the disk is busy with seeking.',
    severity: 'major',
    signature:
      'Disk I/O swings between two and six times its usual value, CPU rises with I/O wait, network falls a little. Log lines of slow fsyncs, long queues and blocked tasks.',
    durationS: 240,
    ramp: 8,
  }),
  ambient: false,
  perturb(values, { intensity }, random) {
    values.disk = values.disk * (1 + 3.5 * intensity * Math.exp(0.35 * random.normal())) + 10 * intensity;
    values.cpu += 18 * intensity * (0.7 + 0.6 * random.next());
    values.network *= 1 - 0.15 * intensity;
  },
  lines: [
    {
      level: 'warning',
      text: 'fsync took {slowMs}ms on nvme0n1, queue depth {count}',
      perSecond: ({ intensity }) => 0.6 * intensity,
    },
    {
      level: 'warning',
      text: 'iostat: nvme0n1 util {high}% await {slowMs} ms r_await {ms} ms',
      perSecond: ({ intensity }) => 0.2 * intensity,
    },
    {
      level: 'error',
      text: 'kernel: INFO: task jbd2/nvme0n1p1:{pid} blocked for more than 120 seconds',
      perSecond: ({ elapsedS, intensity }) => (elapsedS > 15 ? 0.1 * intensity : 0),
    },
  ],
};
