import { Target, Undo2 } from 'lucide-react';
import type { RunView } from '../../../app/types';
import type { Scenario } from '../../../domain/scenario';
import { Button, LinkButton } from '../../components/Button';
import { Panel } from '../../components/Panel';
import { ProgressBar } from '../../components/ProgressBar';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';
import { TimelinePicture } from './TimelinePicture';
import { useProgress } from './use-progress';
import { tellNext, tellProgress } from './words';

interface PlayingPanelProps {
  readonly run: RunView;
  readonly name: string;
  /** undefined: it was deleted meanwhile, or not kept here. */
  readonly scenario: Scenario | undefined;
}

/** What is played now: where it stands, what comes next, and the way back. */
export function PlayingPanel({ run, name, scenario }: PlayingPanelProps) {
  const { commands, store } = useApp();
  const progress = useProgress(run);
  const now = store.getState().frame?.now ?? 0;
  const { seed } = run.settings;
  return (
    <Panel
      title={`Playing: ${name}`}
      subtitle={`Seed ${seed}. Ten or sixty times real time (bar above) brings it to its end sooner.`}
      actions={
        <>
          <LinkButton href="#/scoreboard" icon={<Target aria-hidden="true" />}>
            Scoreboard
          </LinkButton>
          <Button icon={<Undo2 aria-hidden="true" />} onClick={() => void commands.restart(seed)}>
            Back to an ordinary fleet
          </Button>
        </>
      }
    >
      <div className={layout.section}>
        <ProgressBar
          label={
            progress === undefined
              ? 'It is starting'
              : `It ${progress.phase === 'playing' ? 'has run for ' : ''}${tellProgress(progress, run.info.scenario?.durationS ?? 0)}`
          }
          value={progress?.share ?? 0}
        />
        {progress === undefined ? null : <p className={layout.note}>{tellNext(progress, now)}</p>}
        {scenario === undefined ? null : <TimelinePicture scenario={scenario} words={run} at={progress?.share ?? 0} />}
      </div>
    </Panel>
  );
}
