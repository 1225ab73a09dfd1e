import { Clapperboard } from 'lucide-react';
import type { RunView } from '../../../app/types';
import { useApp, useAppState } from '../../hooks';
import styles from './scenarios.module.css';
import { useProgress } from './use-progress';
import { tellNext, tellProgress } from './words';

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
