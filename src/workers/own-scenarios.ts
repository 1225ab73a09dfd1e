import type { OwnScenario } from '../domain/records';
import { err, ok, type Result } from '../domain/result';
import type { Scenario, ScenarioTitle } from '../domain/scenario';
import { writeScenario } from '../domain/scenario-check';
import type { RunState } from '../engine/run-state';
import type { StoreHandle } from '../storage/store';
import type { KeptScenario, OwnScenarios, ScenarioName, SimApi } from './api';

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
    else unreadable.push({ key, keptAt, text, why: scenario.error.message });
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

/**
 * The scenario that a link means: without a name the shipped one of that id, else the newest of a person's own; with a name the person's own of that id
 * and name, or the only one of that id, which was renamed since. undefined: none of these is here.
 */
export async function findLinkedScenario(
  parts: OwnScenarioParts,
  shipped: readonly Scenario[],
  { id, named }: ScenarioName,
): Promise<Scenario | undefined> {
  const known = named === undefined ? shipped.find((scenario) => scenario.id === id) : undefined;
  if (known !== undefined) return known;
  const { kept } = await listOwnScenarios(parts);
  const alike = kept.map(({ scenario }) => scenario).filter((scenario) => scenario.id === id);
  if (named === undefined) return alike[0];
  const exact = alike.find(({ name }) => name === named);
  // By the name of the link: a run that was stored before it was renamed is found again by that.
  return exact ?? (alike.length === 1 ? { ...alike[0], name: named } : undefined);
}

/** Stores a scenario that this version cannot read as it was: what was deleted comes back. Errors: `store` where it could not be written. */
export async function putBackScenario({ store }: OwnScenarioParts, record: OwnScenario): Promise<Result<void>> {
  try {
    await store.putScenario({ key: record.key, keptAt: record.keptAt, text: record.text });
    return ok(undefined);
  } catch (cause) {
    return err('store', cause instanceof Error ? cause.message : String(cause));
  }
}

async function findPlace(
  parts: OwnScenarioParts,
  { id, name }: Scenario,
): Promise<Pick<KeptScenario, 'key' | 'keptAt'>> {
  const { kept } = await listOwnScenarios(parts);
  const same = kept.find(({ scenario }) => scenario.id === id && scenario.name === name);
  return { key: same?.key ?? parts.newKey(), keptAt: parts.wallClock() };
}

/** What a recording of a fleet's run is called. Errors: `not-a-fleet` for an opened file. */
export function describeRecording(run: Pick<RunState, 'info' | 'now' | 'seed'>, name: string): Result<ScenarioTitle> {
  if (run.info.kind !== 'fleet') return err('not-a-fleet', 'only a run of the simulated fleet can be recorded');
  const day = new Date(run.now).toISOString().slice(0, 10);
  const { scenario } = run.info;
  const description = scenario === undefined ? `Recorded on ${day}.` : `Recorded on ${day} from "${scenario.name}".`;
  return ok({ id: `recorded-${day}-${run.seed}`, name, description });
}
