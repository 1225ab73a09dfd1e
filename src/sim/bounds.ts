/** One device's values at one time, in the units of CANONICAL_METRICS. Reused between calls. */
export interface MetricValues {
  cpu: number;
  memory: number;
  disk: number;
  network: number;
}

/** Physical ceilings: a 25 Gbit/s network card, a fast NVMe disk. */
export const MAX_NETWORK_MBITS = 25_000;
export const MAX_DISK_MBS = 3000;
const MAX_PERCENT = 100;
/** Above this CPU use more work no longer means as much more use. */
const CPU_KNEE = 85;

/** Brings values into their physical bounds, in place. */
export function boundValues(values: MetricValues): void {
  values.cpu = clamp(values.cpu, MAX_PERCENT);
  values.memory = clamp(values.memory, MAX_PERCENT);
  values.disk = clamp(values.disk, MAX_DISK_MBS);
  values.network = clamp(values.network, MAX_NETWORK_MBITS);
}

/** CPU use for what is asked of it, both in points: itself up to a knee, ever less more above, never 100. */
export function saturateCpu(wanted: number): number {
  if (wanted <= CPU_KNEE) return wanted;
  return MAX_PERCENT - (MAX_PERCENT - CPU_KNEE) * Math.exp(-(wanted - CPU_KNEE) / (MAX_PERCENT - CPU_KNEE));
}

function clamp(value: number, most: number): number {
  return value < 0 ? 0 : value > most ? most : value;
}
