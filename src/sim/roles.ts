export const ROLES = ['web', 'api', 'database', 'cache', 'queue', 'batch', 'edge'] as const;
export type Role = (typeof ROLES)[number];

/**
 * How the servers of a role behave. Load 1 is the role's usual demand; metric = idle part + part per unit of load.
 * Percentages for CPU and memory, MB/s for disk, Mbit/s for network, seconds (= samples) for periods.
 */
export interface RoleProfile {
  readonly short: string;
  readonly cpuIdle: number;
  readonly cpuPerLoad: number;
  readonly memoryBase: number;
  readonly memoryPerLoad: number;
  readonly diskIdle: number;
  readonly diskPerLoad: number;
  readonly networkIdle: number;
  readonly networkPerLoad: number;
  /** How much more than its usual load (1) a server carries before requests are turned away. */
  readonly capacity: number;
  /** Logarithm of demand at the peak of the daily cycle over that of the day's middle, and the local hour of the peak. */
  readonly dailySwing: number;
  readonly peakHour: number;
  /** Garbage collection: memory climbs by so many points, then falls. 0 = none. */
  readonly gcAmplitude: number;
  /** The same of the full collections, which come every half hour or so. */
  readonly fullGcAmplitude: number;
  /** Periodic write-out: disk is multiplied by so much for a few seconds. 1 = none. */
  readonly flushFactor: number;
  /** Extra load while a scheduled job runs. 0 = none. */
  readonly jobLoad: number;
  /** Standard deviation of the logarithm of a disk sample: how ragged reads and writes are. */
  readonly diskSpread: number;
  /** The same for the network. */
  readonly networkSpread: number;
  /** How far what is carried for a request changes over minutes: standard deviation of its logarithm. */
  readonly mix: number;
  /** Points by which memory wanders over minutes. */
  readonly wander: number;
  /** Usual size of a burst of requests, in usual loads: sizes are Pareto-distributed. */
  readonly burst: number;
  /** The same for a large transfer. */
  readonly transfer: number;
  /** Usual points of CPU of a heavy query, a compaction, a build: minutes of work that no request counts. */
  readonly labour: number;
  /** Usual size of a large write to disk (a flush, a compaction), as a multiple of what is written anyway. */
  readonly flush: number;
  /** Factor of disk while a checkpoint is written, every few minutes. 1 = none. */
  readonly checkpointFactor: number;
  /** Usual points of memory of a process that comes for a while, and of what a recycled worker or an eviction gives back. */
  readonly process: number;
  readonly release: number;
  /** How far the levels at which it works for hours lie apart: standard deviation of their logarithm. 0 = one level. */
  readonly levels: number;
  /** Log lines a second at usual load. */
  readonly linesPerSecond: number;
}

/** Magnitudes of small general-purpose cloud instances (2 to 8 vCPU) in moderate use. */
export const ROLE_PROFILES: Readonly<Record<Role, RoleProfile>> = {
  web: {
    short: 'web',
    cpuIdle: 7,
    cpuPerLoad: 24,
    memoryBase: 40,
    memoryPerLoad: 9,
    diskIdle: 2,
    diskPerLoad: 4,
    networkIdle: 20,
    networkPerLoad: 140,
    capacity: 3.5,
    dailySwing: 0.5,
    peakHour: 15,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.35,
    networkSpread: 0.18,
    mix: 0.28,
    wander: 1.6,
    burst: 0.16,
    transfer: 0.14,
    labour: 4.5,
    flush: 2.5,
    checkpointFactor: 1,
    process: 1,
    release: 1.5,
    levels: 0,
    linesPerSecond: 0.65,
  },
  api: {
    short: 'api',
    cpuIdle: 9,
    cpuPerLoad: 27,
    memoryBase: 46,
    memoryPerLoad: 10,
    diskIdle: 1.5,
    diskPerLoad: 3.5,
    networkIdle: 12,
    networkPerLoad: 90,
    capacity: 3.5,
    dailySwing: 0.46,
    peakHour: 15,
    gcAmplitude: 7,
    fullGcAmplitude: 9,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.35,
    networkSpread: 0.16,
    mix: 0.3,
    wander: 1.6,
    burst: 0.16,
    transfer: 0.12,
    labour: 5,
    flush: 2.5,
    checkpointFactor: 1,
    process: 1,
    release: 1.8,
    levels: 0,
    linesPerSecond: 0.6,
  },
  database: {
    short: 'db',
    cpuIdle: 10,
    cpuPerLoad: 21,
    memoryBase: 60,
    memoryPerLoad: 7,
    diskIdle: 18,
    diskPerLoad: 42,
    networkIdle: 8,
    networkPerLoad: 60,
    capacity: 3.5,
    dailySwing: 0.46,
    peakHour: 15,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 1.7,
    jobLoad: 0,
    diskSpread: 0.22,
    networkSpread: 0.18,
    mix: 0.32,
    wander: 1.5,
    burst: 0.14,
    transfer: 0.16,
    labour: 6,
    flush: 2,
    checkpointFactor: 1.8,
    process: 1.2,
    release: 1.3,
    levels: 0,
    linesPerSecond: 0.45,
  },
  cache: {
    short: 'cache',
    cpuIdle: 5,
    cpuPerLoad: 12,
    memoryBase: 65,
    memoryPerLoad: 8,
    diskIdle: 1,
    diskPerLoad: 1.5,
    networkIdle: 20,
    networkPerLoad: 130,
    capacity: 3.8,
    dailySwing: 0.46,
    peakHour: 15,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 2,
    jobLoad: 0,
    diskSpread: 0.4,
    networkSpread: 0.18,
    mix: 0.4,
    wander: 2,
    burst: 0.14,
    transfer: 0.16,
    labour: 3,
    flush: 3,
    checkpointFactor: 1,
    process: 0.8,
    release: 2.2,
    levels: 0,
    linesPerSecond: 0.35,
  },
  queue: {
    short: 'queue',
    cpuIdle: 8,
    cpuPerLoad: 18,
    memoryBase: 35,
    memoryPerLoad: 13,
    diskIdle: 6,
    diskPerLoad: 14,
    networkIdle: 8,
    networkPerLoad: 42,
    capacity: 3.7,
    dailySwing: 0.4,
    peakHour: 16,
    gcAmplitude: 8,
    fullGcAmplitude: 8,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.3,
    networkSpread: 0.22,
    mix: 0.4,
    wander: 1.8,
    burst: 0.26,
    transfer: 0.16,
    labour: 5,
    flush: 2.5,
    checkpointFactor: 1,
    process: 1.2,
    release: 1.5,
    levels: 0,
    linesPerSecond: 0.45,
  },
  batch: {
    short: 'batch',
    cpuIdle: 6,
    cpuPerLoad: 20,
    memoryBase: 33,
    memoryPerLoad: 12,
    diskIdle: 5,
    diskPerLoad: 22,
    networkIdle: 5,
    networkPerLoad: 22,
    capacity: 5,
    dailySwing: 0.3,
    peakHour: 3,
    gcAmplitude: 5,
    fullGcAmplitude: 6,
    flushFactor: 1,
    jobLoad: 0.9,
    diskSpread: 0.3,
    networkSpread: 0.26,
    mix: 0.4,
    wander: 2.4,
    burst: 0.16,
    transfer: 0.2,
    labour: 7,
    flush: 2.5,
    checkpointFactor: 1,
    process: 1.6,
    release: 1.5,
    levels: 0.7,
    linesPerSecond: 0.4,
  },
  edge: {
    short: 'edge',
    cpuIdle: 5,
    cpuPerLoad: 15,
    memoryBase: 28,
    memoryPerLoad: 8,
    diskIdle: 1,
    diskPerLoad: 2.5,
    networkIdle: 25,
    networkPerLoad: 170,
    capacity: 3.7,
    dailySwing: 0.55,
    peakHour: 20,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.4,
    networkSpread: 0.28,
    mix: 0.46,
    wander: 1.5,
    burst: 0.18,
    transfer: 0.24,
    labour: 4,
    flush: 2.5,
    checkpointFactor: 1,
    process: 0.8,
    release: 1.2,
    levels: 0,
    linesPerSecond: 0.45,
  },
};

/** Roles are dealt to devices in this order, over and over: a small fleet already has every role from the tenth device on. */
export const ROLE_CYCLE: readonly Role[] = [
  'web',
  'api',
  'database',
  'web',
  'cache',
  'edge',
  'api',
  'queue',
  'web',
  'batch',
  'database',
  'edge',
];
