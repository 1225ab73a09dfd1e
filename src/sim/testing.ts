import { deviceId, runId } from '../domain/ids';
import type { TelemetryBatch } from '../domain/telemetry';
import { createSimulator, type Simulator, type SimulatorOptions } from './simulator';

/** Shared by the tests of this folder. Sunday 2026-11-22, 16:00 UTC. */
export const NOW = Date.UTC(2026, 10, 22, 16);

/** A simulator of 24 devices without faults of its own unless told otherwise. Throws when the options are refused. */
export function startSimulator(options: Partial<SimulatorOptions> = {}): Simulator {
  const created = createSimulator({
    runId: runId('run-test'),
    seed: 1,
    deviceCount: 24,
    ambientFaults: false,
    now: NOW,
    checkpoint: undefined,
    ...options,
  });
  if (!created.ok) throw new Error(created.error.message);
  return created.value;
}

/** Injects into a device of the fleet by its index. Throws when it is refused. */
export function injectInto(simulator: Simulator, device: number, fault: string, intensity = 0.8, durationS = 120) {
  const target = { kind: 'device', deviceId: simulator.info().catalog.devices[device]?.id ?? deviceId('?') } as const;
  const made = simulator.inject({ fault, target, origin: 'fra', intensity, durationMs: durationS * 1000 });
  if (!made.ok) throw new Error(made.error.message);
  const [injection] = made.value.injections;
  if (injection === undefined) throw new Error('nothing was injected');
  return injection;
}

/** One metric of one device over a batch, in order of time. */
export function seriesOf(batch: TelemetryBatch, device: number, metric: number): number[] {
  const series: number[] = [];
  for (let row = 0; row < batch.metrics.n; row++) {
    if (batch.metrics.device[row] === device) series.push(batch.metrics.metrics[metric][row]);
  }
  return series;
}

/** Everything in several batches but their numbers, as plain arrays: equal when and only when the data are equal. */
export function joinBatches(batches: readonly TelemetryBatch[]) {
  return {
    t: batches.flatMap((batch) => [...batch.metrics.t]),
    device: batches.flatMap((batch) => [...batch.metrics.device]),
    metrics: [0, 1, 2, 3].map((metric) => batches.flatMap((batch) => [...batch.metrics.metrics[metric]])),
    lineT: batches.flatMap((batch) => [...batch.logs.t]),
    lineDevice: batches.flatMap((batch) => [...batch.logs.device]),
    lineLevel: batches.flatMap((batch) => [...batch.logs.level]),
    bytes: batches.flatMap((batch) => [...batch.logs.bytes]),
    lengths: batches.flatMap((batch) => [...batch.logs.offsets].slice(1).map((end, i) => end - batch.logs.offsets[i])),
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pearson's correlation. */
export function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a);
  const meanB = mean(b);
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) ** 2;
    bb += (b[i] - meanB) ** 2;
  }
  return ab / Math.sqrt(aa * bb);
}
