import { expose, wrap } from 'comlink';
import { afterEach, expect, it } from 'vitest';
import { collectBuffers, moveBuffers } from './transfer';

const open: MessagePort[] = [];
const channel = (): MessageChannel => {
  const created = new MessageChannel();
  open.push(created.port1, created.port2);
  return created;
};
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

it('finds every buffer once, however deep, and none in plain values', () => {
  const shared = new ArrayBuffer(8);
  const found = collectBuffers({
    a: [new Uint8Array(shared), { b: new Float32Array(shared) }],
    c: new Float64Array(2),
    d: 'x',
  });
  expect(found).toHaveLength(2);
  expect(collectBuffers({ a: 1, b: [null, undefined, 'x'] })).toEqual([]);
});

it('moves nested columns over a message port: they arrive whole and leave the sender empty', async () => {
  const { port1, port2 } = channel();
  expose(
    { sum: (batch: { columns: Float32Array[] }) => batch.columns.map((c) => c.reduce((a, b) => a + b, 0)) },
    port1,
  );
  const remote = wrap<{ sum(batch: { columns: Float32Array[] }): number[] }>(port2);
  const batch = { columns: [Float32Array.of(1, 2), Float32Array.of(3)] };
  expect(await remote.sum(moveBuffers(batch))).toEqual([3, 3]);
  expect(batch.columns.map((c) => c.length)).toEqual([0, 0]);
});
