import type { Scenario } from '../domain/scenario';
import { formatHash } from './route';
import type { Route, RunView } from './types';

/** Why a link is not followed, for a person: the value, and what would do. */
export interface LinkProblem {
  readonly title: string;
  readonly detail: string;
}

/** What a link `#/…?scenario=…&seed=…` asks for. seed undefined: the scenario's own. */
export interface ScenarioLink {
  readonly id: string;
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

/** What is wrong with a link that names a scenario which is not known. known: ids, in the order to list them. */
export function findUnknownScenario(id: string | undefined, known: readonly string[]): LinkProblem | undefined {
  if (id === undefined || known.includes(id)) return undefined;
  return { title: `No scenario "${id}"`, detail: `Known are ${known.join(', ')}. Nothing was changed.` };
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
  const { scenario: id } = now.params;
  if (id === undefined || run === undefined) return undefined;
  if (before.params.scenario === id && before.params.seed === now.params.seed) return undefined;
  if (findBadSeed(now.params) !== undefined) return undefined;
  const seed = readSeed(now.params.seed);
  const isPlaying = run.info.scenario?.id === id && (seed === undefined || seed === run.settings.seed);
  return isPlaying ? undefined : { id, seed };
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

/** The link that plays a shipped scenario. origin: address of the app without its hash. */
export function scenarioLink(origin: string, scenario: Pick<Scenario, 'id'>, seed: number): string {
  return `${origin}${formatHash({ page: 'overview', params: { scenario: scenario.id, seed: String(seed) } })}`;
}
