import { useState } from 'react';
import type { AlertTrace } from '../../../app/types';
import type { Alert } from '../../../domain/alerts';
import { EmptyState } from '../../components/EmptyState';
import { useFacts } from '../../hooks';
import layout from '../layout.module.css';
import { ForestChain } from './ForestChain';
import styles from './forest.module.css';
import { hasChanged, tellTrees } from './forest-story';
import { TreeBars } from './TreeBars';
import { TreeSteps } from './TreeSteps';

/** As many trees as bars fit side by side on a phone. */
const SHOWN_TREES = 12;

/** How the isolation forest came to its score for an alert's peak sample: opened on demand, since few ask and it is asked of the model. */
export function ForestTrace({ alert }: { readonly alert: Alert }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className={layout.section} aria-label="How the forest saw it">
      <details className={styles.fold} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
        <summary>How the forest saw it</summary>
        {isOpen ? <Trace alert={alert} /> : null}
      </details>
    </section>
  );
}

function Trace({ alert }: { readonly alert: Alert }) {
  const facts = useFacts(['models'], (app) => app.engine.traceAlert(alert.id), [alert.id, alert.peakAt]);
  const { data } = facts;
  if (facts.status === 'failed') {
    return (
      <EmptyState
        kind="failed"
        title="The forest could not be asked"
        detail={facts.error}
        action={{ label: 'Try again', onClick: facts.reload }}
      />
    );
  }
  if (data === undefined) return <EmptyState kind="loading" title="Asking the forest" />;
  if (!data.ok) {
    return (
      <EmptyState
        kind="empty"
        title="There is nothing to show"
        detail={data.error.message}
        action={{ label: 'Models', href: '#/models' }}
      />
    );
  }
  return <Story trace={data.value} alert={alert} />;
}

function Story({ trace, alert }: { readonly trace: AlertTrace; readonly alert: Alert }) {
  const stories = tellTrees(trace, SHOWN_TREES);
  const [picked, setPicked] = useState<number | undefined>(undefined);
  const story = stories.find((one) => one.tree === picked) ?? stories[0];
  const labels = new Map(alert.contributions.map(({ metric, label }) => [metric, label]));
  return (
    <div className={styles.story}>
      <p className={layout.note}>
        Each tree splits at random until a sample is alone or among few. What is unlike the rest is alone after a few
        steps: short paths make a high score. Values are in robust standard deviations of this device; 0 is typical.
      </p>
      <ForestChain trace={trace} />
      <Notes trace={trace} />
      {story === undefined ? null : (
        <>
          <TreeBars stories={stories} cPsi={trace.sample.cPsi} picked={story.tree} onPick={setPicked} />
          <TreeSteps story={story} labelOf={(metric) => labels.get(metric) ?? metric} />
        </>
      )}
    </div>
  );
}

/** What a reader must know to trust the picture. */
function Notes({ trace }: { readonly trace: AlertTrace }) {
  const { model, scoreThen } = trace;
  return (
    <>
      {hasChanged(trace) && scoreThen !== undefined ? (
        <p className={layout.note}>
          When the alert was raised the forest said {Math.round(scoreThen)}. It differs where the model was trained or
          calibrated again since, and on slow data, whose scores are smoothed over neighbouring samples.
        </p>
      ) : null}
      {trace.isPresentRun ? null : (
        <p className={layout.note}>
          The alert is of another run: the forest shown here was trained on the present one.
        </p>
      )}
      {model === undefined ? null : (
        <p className={layout.note}>
          Metric model version {model.version}, {trace.sample.trees} trees.
        </p>
      )}
    </>
  );
}
