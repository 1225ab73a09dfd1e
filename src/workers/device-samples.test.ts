import { expect, it } from 'vitest';
import { deviceId, runId } from '../domain/ids';
import type { Engine } from '../engine/engine';
import { openMemoryBackend } from '../storage/memory-backend';
import { storeOver } from '../storage/store';
import { deviceSamples } from './device-samples';

const RUN = runId('run');

async function openStored() {
  const store = storeOver(openMemoryBackend(), () => undefined);
  for (let seq = 0; seq < 3; seq++) {
    const t = Float64Array.of(2000 * seq, 2000 * seq, 2000 * seq + 1000, 2000 * seq + 1000);
    await store.addTelemetry({
      runId: RUN,
      seq,
      n: 4,
      from: t[0],
      to: t[3],
      t,
      device: Uint16Array.of(0, 1, 0, 1),
      metrics: [Float32Array.from(t, (at, row) => at + (row % 2))],
      metricScore: new Float32Array(4),
      logScore: new Float32Array(4),
      score: Float32Array.from(t, (at) => at / 1000),
      flagged: new Uint8Array(4),
    });
  }
  const engine = {
    flush: async () => undefined,
    run: {
      info: { runId: RUN, stepMs: 1000 },
      deviceIndex: new Map([
        [deviceId('a'), 0],
        [deviceId('b'), 1],
      ] as const),
      catalog: { metrics: [{ key: 'cpu' }] },
    },
  } as unknown as Engine;
  return { store, engine };
}

it('gives the stored samples of one device in a span, both ends included', async () => {
  const { store, engine } = await openStored();
  expect(await deviceSamples(store, engine, { deviceId: deviceId('b'), from: 1000, to: 3000 })).toEqual({
    metrics: ['cpu'],
    t: Float64Array.of(1000, 2000, 3000),
    values: [Float32Array.of(1001, 2001, 3001)],
    score: Float32Array.of(1, 2, 3),
  });
});

it('gives none of a device that is not there, nor where nothing is stored', async () => {
  const { store, engine } = await openStored();
  for (const span of [
    { deviceId: deviceId('c'), from: 0, to: 9000 },
    { deviceId: deviceId('a'), from: 90_000, to: 99_000 },
  ]) {
    expect((await deviceSamples(store, engine, span)).t).toHaveLength(0);
  }
});
