import { FolderOpen, X, Zap } from 'lucide-react';
import { Button, IconButton, LinkButton } from '../../components/Button';
import { useApp, useAppState } from '../../hooks';
import styles from './first-steps.module.css';

/** What this is and what to do first, until a person hides it. Nothing while a file is open: whoever opened one knows. */
export function FirstSteps() {
  const { commands } = useApp();
  const isShown = useAppState((state) => state.preferences.firstSteps === 'shown' && state.run?.info.kind !== 'file');
  const canInject = useAppState((state) => state.run?.info.kind === 'fleet');
  if (!isShown) return null;
  return (
    <section className={styles.steps} aria-label="First steps">
      <p className={styles.words}>
        <b>New here?</b> These servers are simulated. Two models learn what is normal for them and give every sample and
        log line a score: 0 is ordinary, 100 is hardly ever seen. Make something go wrong, and watch it being found.
      </p>
      <ol className={styles.list}>
        <li>Inject a fault.</li>
        <li>
          See it in the <a href="#/alerts">Alert History</a> within seconds: what it is, why, and what to do.
        </li>
        <li>
          See on the <a href="#/scoreboard">Scoreboard</a> how fast it was found.
        </li>
      </ol>
      <div className={styles.actions}>
        <Button icon={<Zap aria-hidden="true" />} disabled={!canInject} onClick={() => commands.setInjectorOpen(true)}>
          Make something go wrong
        </Button>
        <LinkButton variant="ghost" href="#/data" icon={<FolderOpen aria-hidden="true" />}>
          Open your own data
        </LinkButton>
      </div>
      <IconButton
        className={styles.close}
        label="Hide the first steps"
        icon={<X aria-hidden="true" />}
        onClick={() => commands.setPreferences({ firstSteps: 'hidden' })}
      />
    </section>
  );
}
