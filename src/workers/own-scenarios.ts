import type { OwnScenario } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import type { Scenario } from '../domain/scenario';
import { writeScenario } from '../domain/scenario-check';
import type { StoreHandle } from '../storage/store';
import type { KeptScenario, OwnScenarios, SimApi } from './api';

export interface OwnScenarioParts {
  readonly store: Pick<StoreHandle, 'scenarios' | 'putScenario' | 'removeScenario'>;
  /** Reads a scenario file against what the simulator has. */
  readonly read: (text: string) => Promise<Awaited<ReturnType<SimApi['readScenario']>>>;
  readonly newKey: () => string;
  readonly wallClock: () => number;
}

/** The stored scenarios, each read as a file is: one that the simulator would not play (any more) is told apart and kept. */
export async function listOwnScenarios({ store, read }: OwnScenarioParts): Promise<OwnScenarios> {
  const kept: KeptScenario[] = [];
  const unreadable: OwnScenarios['unreadable'][number][] = [];
  for (const { key, keptAt, text } of await store.scenarios()) {
    const scenario = await read(text);
    if (scenario.ok) kept.push({ key, keptAt, scenario: scenario.value });
    else unreadable.push({ key, keptAt, why: scenario.error.message });
  }
  return { kept, unreadable };
}

/**
 * Stores a scenario once it reads as a file does. place: where it stood (renamed, or brought back); without one it is the newest, and takes the
 * place of one with the same id and name. Errors: `scenario` with every wrong field; `store` where it could not be written.
 */
export async function keepOwnScenario(
  parts: OwnScenarioParts,
  scenario: Scenario,
  place?: Pick<KeptScenario, 'key' | 'keptAt'>,
): Promise<Result<KeptScenario>> {
  const text = writeScenario(scenario);
  const checked = await parts.read(text);
  if (!checked.ok) return checked;
  const at = place ?? (await findPlace(parts, checked.value));
  const record: OwnScenario = { ...at, text };
  try {
    await parts.store.putScenario(record);
  } catch (cause) {
    return err('store', cause instanceof Error ? cause.message : String(cause));
  }
  return ok({ ...at, scenario: checked.value });
}

async function findPlace(
  parts: OwnScenarioParts,
  { id, name }: Scenario,
): Promise<Pick<KeptScenario, 'key' | 'keptAt'>> {
  const { kept } = await listOwnScenarios(parts);
  const same = kept.find(({ scenario }) => scenario.id === id && scenario.name === name);
  return { key: same?.key ?? parts.newKey(), keptAt: parts.wallClock() };
}
