import type { FileProgress } from '../../../app/types';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { ProgressBar } from '../../components/ProgressBar';
import { useApp } from '../../hooks';
import layout from '../layout.module.css';

const PHASES: readonly { readonly phase: FileProgress['phase']; readonly words: string }[] = [
  { phase: 'reading', words: 'Reading' },
  { phase: 'training', words: 'Training' },
  { phase: 'scoring', words: 'Scoring' },
];

/** How far the opening of a file has come, and the way to stop it. */
export function FileProgressView({ progress }: { readonly progress: FileProgress }) {
  const { commands } = useApp();
  if (progress.phase === 'cancelling') {
    return <EmptyState kind="loading" title={`Cancelling ${progress.name}`} detail="Nothing of it is kept." />;
  }
  const at = PHASES.findIndex(({ phase }) => phase === progress.phase);
  return (
    <div className={layout.form}>
      <ProgressBar
        label={`${PHASES[at]?.words ?? 'Opening'} ${progress.name} (step ${at + 1} of ${PHASES.length})`}
        value={progress.progress}
      />
      <div>
        <Button onClick={() => void commands.cancelFile()}>Cancel</Button>
      </div>
    </div>
  );
}
