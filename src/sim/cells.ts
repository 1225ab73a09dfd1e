/** A device's changing state: CELLS numbers in a row of one Float64Array. Noises are auto-correlated and have unit variance. */
export const CELLS = 29;
/** Own swings of demand: over half a minute, and over ten minutes. */
export const LATENT = 0;
export const DRIFT = 1;
export const CPU_NOISE = 2;
export const MEMORY_NOISE = 3;
export const DISK_NOISE = 4;
export const NETWORK_NOISE = 5;
/** How much of the work is writing. */
export const WRITES = 6;
/** Load of the last minute: what memory follows. */
export const SLOW_LOAD = 7;
/** Share of its traffic that it takes, 0..1. */
export const SERVING = 8;
export const BURST_LEFT = 9;
export const BURST_LENGTH = 10;
export const BURST_SIZE = 11;
export const CPU_SPIKE = 12;
export const TRANSFER_LEFT = 13;
export const TRANSFER_SIZE = 14;
/** Points of memory that crept in since the last start. */
export const CREEP = 15;
/** Factor of CPU need of the release that runs. */
export const RELEASE = 16;
/** Own swings of demand over an hour and more. */
export const SLOW_DRIFT = 17;
/** Factor of disk less 1 of a large write, and how many ticks it still takes. */
export const FLUSH_LEFT = 18;
export const FLUSH_SIZE = 19;
/** Points of memory of a process that has come. */
export const PROCESS_SIZE = 20;
/** Points of memory that recycled workers gave back and have not asked for again. */
export const GIVEN_BACK = 21;
/** What the two come to by now: both take some seconds. */
export const HELD = 22;
/** How much is carried for a request, and how much memory the work at hand needs: both change over a few minutes. */
export const MIX = 23;
export const WANDER = 24;
/** Points of CPU of work that no request counts, and how many ticks it still takes. */
export const LABOUR_SIZE = 25;
export const LABOUR_LEFT = 26;
/** What of a transfer flows by now: it grows and fades within a few seconds. */
export const TRANSFER_FLOW = 27;
/** The same of LABOUR_SIZE. */
export const LABOUR_FLOW = 28;

/** What the devices of a zone and of a pool have in common: numbers in a row of one Float64Array, zones first. */
export const ZONE_CELLS = 2;
export const ZONE_FAST = 0;
export const ZONE_SLOW = 1;
export const POOL_CELLS = 5;
export const POOL_NOISE = 0;
/** Servers behind the balancer, relative to those in the catalog: 1 without standby servers. */
export const SCALE = 1;
export const SCALE_TARGET = 2;
/** Demand of the last minutes over what the servers of the catalog usually carry. */
export const USE = 3;
/** Tick from which on the scaler may act again. */
export const SCALE_REST = 4;
