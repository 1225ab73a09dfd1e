import { describeFault, type Fault, type FaultMoment } from './contract';

/** Intensity at which memory is full at the end of the onset; a leak goes on growing, so that a weaker one only takes longer. */
const FILLS_AT = 0.8;
const FULL_PCT = 99;

/** Share of the free memory that has leaked away, 0..1: linear in time, faster with intensity. */
function leaked({ growth, requested }: FaultMoment): number {
  return Math.min(1, (growth * requested) / FILLS_AT);
}

/** A process that never frees what it takes: memory climbs in a straight line until there is none, and the collector works itself to death. */
export const memoryLeak: Fault = {
  spec: describeFault({
    id: 'memory-leak',
    label: 'Memory leak',
    description: 'A process takes memory and never gives it back.',
    severity: 'critical',
    signature:
      'Memory climbs in a straight line to about 99 % (within a minute at the default intensity); near the end CPU rises with garbage collection and disk with swapping. Log lines of GC overhead, then OutOfMemory.',
    durationS: 180,
    ramp: 50,
  }),
  ambient: false,
  perturb(values, moment, random) {
    const share = leaked(moment);
    values.memory += share * Math.max(0, FULL_PCT + 0.2 * random.normal() - values.memory);
    const pressure = Math.max(0, (values.memory - 80) / 20);
    values.cpu += 28 * pressure * (0.9 + 0.2 * random.next());
    values.disk += 60 * Math.max(0, pressure - 0.7) * (0.8 + 0.4 * random.next());
  },
  lines: [
    {
      level: 'warning',
      text: 'jvm: GC overhead: {percent}% of time in collection, old generation grew by {megabytes} MB',
      perSecond: (moment) => (leaked(moment) > 0.1 ? 0.5 * moment.requested : 0),
    },
    {
      level: 'warning',
      text: 'memory pressure: cgroup app-{small} reclaim stalled for {ms}ms, heap used {megabytes} MB above baseline',
      perSecond: (moment) => 0.6 * moment.requested * leaked(moment),
    },
    {
      level: 'error',
      text: 'java.lang.OutOfMemoryError: Java heap space, allocation of {bytes} bytes failed in worker-{small}',
      perSecond: (moment) => (leaked(moment) > 0.75 ? 0.7 * moment.requested : 0),
    },
    {
      level: 'critical',
      text: 'kernel: Out of memory: Killed process {pid} (java) total-vm:{count}000kB, oom_score_adj:0',
      perSecond: (moment) => (leaked(moment) >= 1 ? 0.25 * moment.requested : 0),
    },
  ],
};
