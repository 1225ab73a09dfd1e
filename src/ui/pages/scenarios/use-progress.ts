import type { RunView } from '../../../app/types';
import type { Scenario } from '../../../domain/scenario';
import { type Facts, useApp, useAppState, useFacts, useLive } from '../../hooks';
import { followScenario, type ScenarioProgress } from './progress';

/** The scenarios that come with the app. */
export function useShippedScenarios(): Facts<readonly Scenario[]> {
  return useFacts(['runs'], (app) => app.engine.scenarios());
}

/** The whole scenario that a run plays, as far as it is known: shipped, or imported since the page was loaded. */
export function findPlayed(
  head: RunView['info']['scenario'],
  shipped: readonly Scenario[],
  own: readonly Scenario[],
): Scenario | undefined {
  return [...own, ...shipped].find(({ id, name }) => id === head?.id && name === head.name);
}

/** Where the played scenario stands, once a second; undefined while none is played or its first sample has not come. */
export function useProgress(run: RunView): ScenarioProgress | undefined {
  useLive(1);
  const { store } = useApp();
  const own = useAppState((state) => state.ownScenarios);
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
    scenario: findPlayed(head, shipped.data ?? [], own),
    words: run,
  });
}
