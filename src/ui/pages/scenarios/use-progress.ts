import type { KeptScenario, OwnScenarios, RunView } from '../../../app/types';
import type { Scenario } from '../../../domain/scenario';
import { type Facts, useApp, useFacts, useLive } from '../../hooks';
import { followScenario, type ScenarioProgress } from './progress';

/** The scenarios that come with the app. */
export function useShippedScenarios(): Facts<readonly Scenario[]> {
  return useFacts(['runs'], (app) => app.engine.scenarios());
}

/** A person's own scenarios. */
export function useOwnScenarios(): Facts<OwnScenarios> {
  return useFacts(['scenarios', 'runs'], (app) => app.engine.ownScenarios());
}

/** The whole scenario that a run plays: shipped or a person's own. undefined: it was deleted, or never kept here. */
export function findPlayed(
  head: RunView['info']['scenario'],
  shipped: readonly Scenario[] = [],
  own: readonly KeptScenario[] = [],
): Scenario | undefined {
  const alike = [...own.map(({ scenario }) => scenario), ...shipped].filter(({ id }) => id === head?.id);
  // Recordings of one day and seed share their id; one that was renamed meanwhile is still found where no other could be meant.
  return alike.find(({ name }) => name === head?.name) ?? (alike.length === 1 ? alike[0] : undefined);
}

/** Where the played scenario stands, once a second; undefined while none is played or its first sample has not come. */
export function useProgress(run: RunView): ScenarioProgress | undefined {
  useLive(1);
  const { store } = useApp();
  const own = useOwnScenarios();
  const shipped = useShippedScenarios();
  const injections = useFacts(['injections', 'runs'], (app) => app.engine.injections(), [run.info.runId]);
  const { frame } = store.getState();
  const { scenario: head, liveAt } = run.info;
  if (head === undefined || liveAt === undefined || frame?.runId !== run.info.runId) return undefined;
  return followScenario({
    now: frame.now,
    liveAt,
    durationS: head.durationS,
    injections: injections.data ?? [],
    scenario: findPlayed(head, shipped.data, own.data?.kept),
    words: run,
  });
}
