import type { Scenario } from '../domain/scenario';
import { formatHash } from './route';
import type { Route, RunView } from './types';

/** What a link `#/…?scenario=…&seed=…` asks for. seed undefined: the scenario's own. */
export interface ScenarioLink {
  readonly id: string;
  readonly seed: number | undefined;
}

/** The seed in a link: a whole number >= 0; undefined for anything else. */
export function readSeed(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{1,15}$/.test(text)) return undefined;
  return Number(text);
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
  const seed = readSeed(now.params.seed);
  const isPlaying = run.info.scenario?.id === id && (seed === undefined || seed === run.settings.seed);
  return isPlaying ? undefined : { id, seed };
}

/** The link that plays a shipped scenario. origin: address of the app without its hash. */
export function scenarioLink(origin: string, scenario: Pick<Scenario, 'id'>, seed: number): string {
  return `${origin}${formatHash({ page: 'overview', params: { scenario: scenario.id, seed: String(seed) } })}`;
}
