import { Clapperboard } from 'lucide-react';
import type { RunView } from '../../../app/types';
import { formatDuration } from '../../format';
import { useApp, useAppState } from '../../hooks';
import type { ScenarioProgress } from './progress';
import styles from './scenarios.module.css';
import { useProgress } from './use-progress';

/** On every page while a scenario is played: its name, the time into it, and what comes next. */
export function ScenarioStrip() {
  const run = useAppState((state) => state.run);
  return run?.info.scenario === undefined ? null : <Strip run={run} name={run.info.scenario.name} />;
}

function Strip({ run, name }: { readonly run: RunView; readonly name: string }) {
  const { store } = useApp();
  const progress = useProgress(run);
  const now = store.getState().frame?.now ?? 0;
  return (
    <aside className={styles.strip} aria-label="Scenario that is playing">
      <Clapperboard size={16} aria-hidden="true" />
      <p className={styles.stripWords}>
        <a href="#/scenarios">
          <b>{name}</b>
        </a>
        <span>
          {progress === undefined ? 'is starting' : tellProgress(progress, run.info.scenario?.durationS ?? 0)}
        </span>
        {progress === undefined ? null : <span className={styles.quiet}>{tellNext(progress, now)}</span>}
      </p>
      <span className={styles.stripBar} style={{ width: `${100 * (progress?.share ?? 0)}%` }} aria-hidden="true" />
    </aside>
  );
}

/** How far a scenario of durationS seconds is, in words. */
export function tellProgress({ phase, elapsedMs }: ScenarioProgress, durationS: number): string {
  if (phase === 'before') return 'learns from the time before it';
  if (phase === 'over') return `is over after ${formatDuration(durationS * 1000)}; the fleet goes on`;
  return `${elapsedMs < 1000 ? '0 s' : formatDuration(elapsedMs)} of ${formatDuration(durationS * 1000)}`;
}

/** What comes next and when. now: the data's clock, ms since 1970 UTC. */
export function tellNext({ next }: ScenarioProgress, now: number): string {
  if (next === undefined) return 'Nothing more is to come.';
  return `Next: ${next.label} in ${formatDuration(Math.max(1000, next.at - now))}`;
}
