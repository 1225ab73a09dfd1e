import { describe, expect, it } from 'vitest';
import { tellBlocked } from './blocked';
import type { RunState } from './run-state';
import { createBench } from './testing';

describe('tellBlocked', () => {
  const told: (readonly number[])[] = [];
  const source = { setBlocked: (devices: readonly number[]) => void told.push(devices) };
  const runOf = (kind: 'fleet' | 'file', blocked: Uint8Array) =>
    ({ info: { kind }, blocked, toldBlocked: undefined }) as unknown as RunState;

  it('tells at first, and then only what changed', async () => {
    const run = runOf('fleet', Uint8Array.of(0, 1, 0));
    await tellBlocked(source, run);
    await tellBlocked(source, run);
    run.blocked[2] = 1;
    await tellBlocked(source, run);
    run.blocked = Uint8Array.of(0, 1, 1, 0);
    await tellBlocked(source, run);
    expect(told).toEqual([[1], [1, 2], [1, 2]]);
  });

  it('has nobody to tell while a file is open', async () => {
    told.length = 0;
    await tellBlocked(source, runOf('file', Uint8Array.of(1)));
    expect(told).toEqual([]);
  });
});

it('a paused run goes on by single steps and stays paused over a reload; a quarantined device gets no traffic until it is released; speeds have bounds', async () => {
  const { engine, store, fleet, now, runFor, runUntil } = await createBench();
  await engine.setSettings({
    ...engine.settings,
    ambientFaults: false,
    deviceCount: 12,
    metricsOn: false,
    logsOn: false,
  });
  await engine.start(undefined);
  await runUntil(() => engine.run.stepsDone >= 900);
  await engine.stepOnce();
  expect(engine.run.stepsDone).toBe(900);
  engine.setPaused(true);
  const before = engine.run.now;
  await engine.stepOnce();
  await engine.stepOnce();
  expect([engine.run.stepsDone, engine.run.now - before]).toEqual([902, 2000]);
  await runFor(5000);
  expect(engine.run.stepsDone).toBe(902);

  const blockedOf = () => [...((fleet().checkpoint() as Record<string, unknown>).blocked as Uint16Array)];
  const id = engine.run.catalog.devices[3].id;
  await engine.quarantine([id], 'to see its peers');
  await engine.stepOnce();
  expect(blockedOf()).toEqual([3]);
  await engine.release([id], 'seen');
  await engine.stepOnce();
  expect(blockedOf()).toEqual([]);

  expect([0.5, 120].map((speed) => engine.setSpeed(speed).ok)).toEqual([true, true]);
  const wrong = engine.setSpeed(121);
  expect(!wrong.ok && wrong.error.message).toBe('speed must be in [0.5, 120] times real time, got 121');
  expect(engine.speed).toBe(120);

  // An hour later in another tab: still paused, and it goes on where it stood.
  await engine.flush();
  const again = await createBench(store);
  again.elapse(now() - again.now() + 3_600_000);
  await again.engine.start(undefined);
  await again.runFor(5000);
  expect([again.engine.resumed, again.engine.run.paused, again.engine.run.stepsDone]).toEqual([true, true, 0]);
  // What it shows is what it showed: nobody is silent.
  expect(again.engine.run.latest).toEqual(engine.run.latest);
  expect([...(again.engine.takeFrame()?.fleet.state ?? [])]).toEqual(new Array(12).fill(0));
  await again.engine.stepOnce();
  expect(again.engine.run.now).toBe(engine.run.now + 1000);
  again.engine.setPaused(false);
  await again.engine.flush();
  const third = await createBench(store);
  await third.engine.start(undefined);
  expect(third.engine.run.paused).toBe(false);
});
