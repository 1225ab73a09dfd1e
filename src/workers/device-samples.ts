import type { DeviceId } from '../domain/ids';
import type { Engine } from '../engine/engine';
import type { Store } from '../engine/ports';
import type { AlertSamples } from './api';

/** The stored samples of a device of the present run with from <= t <= to, oldest first. Empty where nothing of them is stored. */
export async function deviceSamples(
  store: Store,
  engine: Engine,
  span: { readonly deviceId: DeviceId; readonly from: number; readonly to: number },
): Promise<AlertSamples> {
  await engine.flush();
  const { run } = engine;
  const device = run.deviceIndex.get(span.deviceId);
  const t: number[] = [];
  const score: number[] = [];
  const values: number[][] = run.catalog.metrics.map(() => []);
  for (const chunk of await store.telemetry(run.info.runId, span.from, span.to)) {
    for (let row = 0; row < chunk.n; row++) {
      if (chunk.device[row] !== device || chunk.t[row] < span.from || chunk.t[row] > span.to) continue;
      t.push(chunk.t[row]);
      score.push(chunk.score[row]);
      values.forEach((column, m) => {
        column.push(chunk.metrics[m][row]);
      });
    }
  }
  return {
    metrics: run.catalog.metrics.map((metric) => metric.key),
    t: Float64Array.from(t),
    values: values.map((column) => Float32Array.from(column)),
    score: Float32Array.from(score),
  };
}
