import { useEffect, useState } from 'react';
import type { Member, Scoreboard } from '../../../domain/scoreboard';
import { useApp, useAppState, useLive } from '../../hooks';

export type ScoreboardState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'ready'; readonly board: Scoreboard };

/** The scoreboard, asked for again at most once a second while it changes. A late answer to an outdated question is dropped. */
export function useScoreboard(member: Member, scenario: string | undefined): ScoreboardState {
  const { engine, store } = useApp();
  const runId = useAppState((state) => state.run?.info.runId);
  const [state, setState] = useState<ScoreboardState>({ kind: 'loading' });
  useLive(1);
  const revision = store.getState().frame?.scoreboardRevision;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the revision says that there is something new to ask for
  useEffect(() => {
    if (runId === undefined) return;
    let current = true;
    engine.scoreboard(scenario === undefined ? { member } : { member, scenario }).then(
      (board) => {
        if (current) setState({ kind: 'ready', board });
      },
      (cause: unknown) => {
        if (current) setState({ kind: 'failed', error: cause instanceof Error ? cause.message : String(cause) });
      },
    );
    return () => {
      current = false;
    };
  }, [engine, runId, member, scenario, revision]);
  return state;
}
