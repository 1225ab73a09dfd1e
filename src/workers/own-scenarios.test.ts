import { beforeEach, describe, expect, it } from 'vitest';
import type { Scenario } from '../domain/scenario';
import { parseScenario } from '../domain/scenario-check';
import { SCENARIO_CONTEXT } from '../sim/scenarios/context';
import { SCENARIOS } from '../sim/scenarios/registry';
import { openMemoryBackend } from '../storage/memory-backend';
import { storeOver } from '../storage/store';
import {
  findLinkedScenario,
  keepOwnScenario,
  listOwnScenarios,
  type OwnScenarioParts,
  putBackScenario,
} from './own-scenarios';

let parts: OwnScenarioParts;
let now = 0;
beforeEach(() => {
  now = 0;
  let keys = 0;
  parts = {
    store: storeOver(openMemoryBackend(), () => undefined),
    read: async (text) => parseScenario(text, SCENARIO_CONTEXT),
    newKey: () => `key-${keys++}`,
    wallClock: () => ++now,
  };
});
const [drill, other] = SCENARIOS;
const names = async (): Promise<readonly string[]> =>
  (await listOwnScenarios(parts)).kept.map(({ scenario }) => scenario.name);

describe('own scenarios', () => {
  it('come back as they were kept, newest first', async () => {
    await keepOwnScenario(parts, drill);
    await keepOwnScenario(parts, other);
    const { kept, unreadable } = await listOwnScenarios(parts);
    expect(kept).toEqual([
      { key: 'key-1', keptAt: 2, scenario: other },
      { key: 'key-0', keptAt: 1, scenario: drill },
    ]);
    expect(unreadable).toEqual([]);
  });

  it('of the same id and name take each other’s place; a renamed one keeps its own', async () => {
    await keepOwnScenario(parts, drill);
    await keepOwnScenario(parts, other);
    const again = await keepOwnScenario(parts, { ...drill, seed: 99 });
    expect(again.ok && again.value).toMatchObject({ key: 'key-0', keptAt: 3, scenario: { seed: 99 } });
    expect(await names()).toEqual([drill.name, other.name]);
    await keepOwnScenario(parts, { ...other, name: 'Mine' }, { key: 'key-1', keptAt: 2 });
    expect(await names()).toEqual([drill.name, 'Mine']);
  });

  it('with a wrong field are refused with its path and value, and nothing changes', async () => {
    await keepOwnScenario(parts, drill);
    const wrong = await keepOwnScenario(parts, { ...drill, seed: -1 });
    expect(!wrong.ok && wrong.error.message).toContain('seed must be in [0, 4294967295], got -1');
    expect((await listOwnScenarios(parts)).kept).toMatchObject([{ scenario: { seed: drill.seed } }]);
  });

  it('that the simulator would not play are told apart, and the others stay', async () => {
    await keepOwnScenario(parts, drill);
    const unknown = { ...other, faults: [{ at: 0, fault: 'meteor' }] } as unknown as Scenario;
    await parts.store.putScenario({ key: 'old', keptAt: 9, text: JSON.stringify(unknown) });
    const { kept, unreadable } = await listOwnScenarios(parts);
    expect(kept.map(({ key }) => key)).toEqual(['key-0']);
    expect(unreadable).toMatchObject([{ key: 'old', why: expect.stringContaining('faults[0].fault must be one of') }]);
  });

  it('that cannot be read come back to the letter when their deletion is undone', async () => {
    const damaged = { key: 'old', keptAt: 9, text: '{"name":"Mine", …' };
    await parts.store.putScenario(damaged);
    const [found] = (await listOwnScenarios(parts)).unreadable;
    expect(found).toMatchObject(damaged);
    await parts.store.removeScenario('old');
    expect((await putBackScenario(parts, found)).ok).toBe(true);
    expect(await parts.store.scenarios()).toEqual([damaged]);
    const full = { ...parts.store, putScenario: () => Promise.reject(new Error('the disk is full')) };
    const failed = await putBackScenario({ ...parts, store: full }, damaged);
    expect(!failed.ok && failed.error.message).toBe('the disk is full');
  });

  it('are found by a link: by id and name, by the id alone once renamed, and shipped ones without a name first', async () => {
    const find = (id: string, named?: string) => findLinkedScenario(parts, SCENARIOS, { id, named });
    expect(await find(drill.id)).toEqual(drill);
    expect(await find(drill.id, drill.name)).toBeUndefined();
    expect(await find('nope')).toBeUndefined();
    await keepOwnScenario(parts, { ...drill, name: 'Mine', seed: 5 });
    expect(await find(drill.id)).toEqual(drill);
    expect(await find(drill.id, 'Mine')).toMatchObject({ name: 'Mine', seed: 5 });
    expect(await find(drill.id, 'Before it was renamed')).toMatchObject({ name: 'Before it was renamed', seed: 5 });
    await keepOwnScenario(parts, { ...drill, name: 'Another', seed: 6 });
    expect(await find(drill.id, 'Another')).toMatchObject({ seed: 6 });
    expect(await find(drill.id, 'Gone')).toBeUndefined();
    await keepOwnScenario(parts, { ...drill, id: 'by-hand' });
    expect(await find('by-hand')).toMatchObject({ id: 'by-hand' });
  });

  it('that cannot be written are an error, not a success', async () => {
    const full = { ...parts.store, putScenario: () => Promise.reject(new Error('the disk is full')) };
    const kept = await keepOwnScenario({ ...parts, store: full }, drill);
    expect(kept).toEqual({ ok: false, error: { code: 'store', message: 'the disk is full' } });
  });
});
