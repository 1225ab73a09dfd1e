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
  /** Relative swing of the daily cycle and the local hour of its peak. */
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
  /** Log lines a second at usual load. */
  readonly linesPerSecond: number;
}

/** Magnitudes of small general-purpose cloud instances (2 to 8 vCPU) in moderate use. */
export const ROLE_PROFILES: Readonly<Record<Role, RoleProfile>> = {
  web: {
    short: 'web',
    cpuIdle: 7,
    cpuPerLoad: 27,
    memoryBase: 44,
    memoryPerLoad: 5,
    diskIdle: 2,
    diskPerLoad: 4,
    networkIdle: 20,
    networkPerLoad: 140,
    capacity: 2.7,
    dailySwing: 0.3,
    peakHour: 15,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.35,
    networkSpread: 0.1,
    linesPerSecond: 0.65,
  },
  api: {
    short: 'api',
    cpuIdle: 9,
    cpuPerLoad: 31,
    memoryBase: 50,
    memoryPerLoad: 6,
    diskIdle: 1.5,
    diskPerLoad: 3.5,
    networkIdle: 12,
    networkPerLoad: 90,
    capacity: 2.5,
    dailySwing: 0.28,
    peakHour: 15,
    gcAmplitude: 7,
    fullGcAmplitude: 9,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.35,
    networkSpread: 0.1,
    linesPerSecond: 0.6,
  },
  database: {
    short: 'db',
    cpuIdle: 10,
    cpuPerLoad: 24,
    memoryBase: 63,
    memoryPerLoad: 4,
    diskIdle: 18,
    diskPerLoad: 42,
    networkIdle: 8,
    networkPerLoad: 60,
    capacity: 2.8,
    dailySwing: 0.28,
    peakHour: 15,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 1.7,
    jobLoad: 0,
    diskSpread: 0.22,
    networkSpread: 0.12,
    linesPerSecond: 0.45,
  },
  cache: {
    short: 'cache',
    cpuIdle: 5,
    cpuPerLoad: 13,
    memoryBase: 68,
    memoryPerLoad: 5,
    diskIdle: 1,
    diskPerLoad: 1.5,
    networkIdle: 20,
    networkPerLoad: 130,
    capacity: 3.5,
    dailySwing: 0.3,
    peakHour: 15,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 2,
    jobLoad: 0,
    diskSpread: 0.4,
    networkSpread: 0.1,
    linesPerSecond: 0.35,
  },
  queue: {
    short: 'queue',
    cpuIdle: 8,
    cpuPerLoad: 20,
    memoryBase: 40,
    memoryPerLoad: 8,
    diskIdle: 6,
    diskPerLoad: 14,
    networkIdle: 8,
    networkPerLoad: 42,
    capacity: 2.8,
    dailySwing: 0.22,
    peakHour: 16,
    gcAmplitude: 8,
    fullGcAmplitude: 8,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.3,
    networkSpread: 0.14,
    linesPerSecond: 0.45,
  },
  batch: {
    short: 'batch',
    cpuIdle: 6,
    cpuPerLoad: 22,
    memoryBase: 36,
    memoryPerLoad: 9,
    diskIdle: 5,
    diskPerLoad: 22,
    networkIdle: 5,
    networkPerLoad: 22,
    capacity: 4,
    dailySwing: 0.15,
    peakHour: 3,
    gcAmplitude: 5,
    fullGcAmplitude: 6,
    flushFactor: 1,
    jobLoad: 0.9,
    diskSpread: 0.3,
    networkSpread: 0.2,
    linesPerSecond: 0.4,
  },
  edge: {
    short: 'edge',
    cpuIdle: 5,
    cpuPerLoad: 17,
    memoryBase: 32,
    memoryPerLoad: 4,
    diskIdle: 1,
    diskPerLoad: 2.5,
    networkIdle: 25,
    networkPerLoad: 170,
    capacity: 3.2,
    dailySwing: 0.34,
    peakHour: 20,
    gcAmplitude: 0,
    fullGcAmplitude: 0,
    flushFactor: 1,
    jobLoad: 0,
    diskSpread: 0.4,
    networkSpread: 0.12,
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
