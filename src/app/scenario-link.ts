import type { Scenario } from '../domain/scenario';
import { formatHash } from './route';
import type { Route, RunView, ScenarioName } from './types';

/** Why a link is not followed, for a person: the value, and what would do. */
export interface LinkProblem {
  readonly title: string;
  readonly detail: string;
}

/** What a link `#/…?scenario=…&named=…&seed=…` asks for. seed undefined: the scenario's own. */
export interface ScenarioLink extends ScenarioName {
  readonly seed: number | undefined;
}

const MAX_SEED = 4_294_967_295;

/** The seed in a link: a whole number in [0, 4294967295]; undefined for anything else. */
export function readSeed(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  const seed = Number(text);
  return seed <= MAX_SEED ? seed : undefined;
}

/** What is wrong with a link that names a seed which is none; undefined: nothing is. */
export function findBadSeed({ seed }: Route['params']): LinkProblem | undefined {
  if (seed === undefined || readSeed(seed) !== undefined) return undefined;
  return {
    title: `No seed "${seed}"`,
    detail: `The seed in a link must be a whole number in [0, ${MAX_SEED}]. Nothing was changed.`,
  };
}

/** The scenario that a link names; undefined: it names none. An empty name is none. */
export function readScenarioName({ scenario: id, named }: Route['params']): ScenarioName | undefined {
  return id === undefined ? undefined : { id, named: named === '' ? undefined : named };
}

/** What is wrong with a link that names a scenario which is not in this browser. known: ids of the shipped ones, in the order to list them. */
export function tellUnknownScenario({ id, named }: ScenarioName, known: readonly string[]): LinkProblem {
  if (named === undefined)
    return { title: `No scenario "${id}"`, detail: `Known are ${known.join(', ')}. Nothing was changed.` };
  return {
    title: `The scenario "${named}" is not in this browser`,
    detail:
      'It was made by hand and is kept only where that was done. Import its file on the Scenarios page, then follow the link again. Nothing was changed.',
  };
}

/**
 * What the new hash of an open page asks to be played: undefined when it asks for nothing, for what the hash before asked for already, or for
 * what is playing. run undefined: the app still starts, and reads the hash itself.
 */
export function readScenarioLink(
  before: Route,
  now: Route,
  run: Pick<RunView, 'info' | 'settings'> | undefined,
): ScenarioLink | undefined {
  const name = readScenarioName(now.params);
  if (name === undefined || run === undefined) return undefined;
  const isSame = (['scenario', 'named', 'seed'] as const).every((key) => before.params[key] === now.params[key]);
  if (isSame || findBadSeed(now.params) !== undefined) return undefined;
  const seed = readSeed(now.params.seed);
  const { scenario: head } = run.info;
  const isNamed = head?.id === name.id && (name.named === undefined || name.named === head.name);
  const isPlaying = isNamed && (seed === undefined || seed === run.settings.seed);
  return isPlaying ? undefined : { ...name, seed };
}

/**
 * The seed whose fleet the new hash of an open page asks for: undefined when it asks for none, for a scenario, for what the hash before asked
 * for already, for the fleet that runs, or while a file is open or the app still starts.
 */
export function readFleetLink(
  before: Route,
  now: Route,
  run: Pick<RunView, 'info' | 'settings'> | undefined,
): number | undefined {
  const seed = readSeed(now.params.seed);
  if (seed === undefined || now.params.scenario !== undefined || run === undefined || run.info.kind !== 'fleet')
    return undefined;
  if (before.params.seed === now.params.seed && before.params.scenario === undefined) return undefined;
  return run.info.scenario === undefined && run.settings.seed === seed ? undefined : seed;
}

/** What the address says while a scenario plays. A person's own is named as well: recordings of one day and seed share their id. */
export function scenarioParams(
  { id, name }: Pick<Scenario, 'id' | 'name'>,
  seed: number,
  isOwn: boolean,
): Readonly<Record<string, string>> {
  return { scenario: id, ...(isOwn ? { named: name } : {}), seed: String(seed) };
}

/** The link that plays a scenario; one of a person's own only in the browser that keeps it. origin: address of the app without its hash. */
export function scenarioLink(
  origin: string,
  scenario: Pick<Scenario, 'id' | 'name'>,
  seed: number,
  isOwn: boolean,
): string {
  return `${origin}${formatHash({ page: 'overview', params: scenarioParams(scenario, seed, isOwn) })}`;
}
