import { expect, it } from 'vitest';
import { createLineStore, type KeptLine, WAIT_MS } from './line-store';

const line = (t: number, device = 0): KeptLine => ({
  t,
  device,
  template: 7,
  level: 1,
  shape: 9,
  burst: 1.5,
  novel: true,
});

it('keeps a line only after its waiting time', () => {
  const store = createLineStore(10);
  store.add(line(0));
  store.settle(WAIT_MS - 1);
  expect(store.kept().n).toBe(0);
  store.settle(WAIT_MS);
  expect(store.kept()).toMatchObject({
    n: 1,
    t: Float64Array.of(0),
    template: Uint32Array.of(7),
    level: Uint8Array.of(1),
    shape: Uint16Array.of(9),
    burst: Float32Array.of(1.5),
    novel: Uint8Array.of(1),
  });
});

it('does not learn the lead-up to trouble, nor what follows it closely', () => {
  const store = createLineStore(10);
  store.add(line(0, 1));
  store.add(line(0, 2));
  store.markTrouble(1, 1000);
  store.add(line(2000, 1));
  store.add(line(1000 + WAIT_MS, 1));
  store.settleAll();
  expect([...store.kept().device]).toEqual([2, 1]);
  expect([...store.kept().t]).toEqual([0, 1000 + WAIT_MS]);
});

it('keeps the newest lines within its capacity, oldest first', () => {
  const store = createLineStore(3);
  for (let t = 0; t < 10; t++) store.add(line(t));
  store.settleAll();
  expect([...store.kept().t]).toEqual([7, 8, 9]);
  expect(store.total).toBe(10);
});

it('never waits for more lines than its capacity, even without a clock', () => {
  const store = createLineStore(4);
  for (let i = 0; i < 100; i++) {
    store.add(line(0));
    store.settle(0);
  }
  expect(store.size).toBe(8);
});
