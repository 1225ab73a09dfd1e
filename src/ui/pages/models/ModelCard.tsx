import { RefreshCw } from 'lucide-react';
import { useState } from 'react';
import type { ModelKind, ModelVersion } from '../../../domain/models';
import type { DetectorState } from '../../../domain/verdicts';
import { Button } from '../../components/Button';
import { Badge } from '../../components/badges';
import { EmptyState } from '../../components/EmptyState';
import { SwitchField } from '../../components/fields';
import { Panel } from '../../components/Panel';
import { ProgressBar } from '../../components/ProgressBar';
import { useApp, useAppState } from '../../hooks';
import layout from '../layout.module.css';
import { MemberSwitches } from './MemberSwitches';
import { ModelFacts } from './ModelFacts';
import styles from './models.module.css';

const WORDS = {
  metrics: {
    title: 'Metric model',
    subtitle: 'Isolation Forest beside a Mahalanobis distance: the rarer verdict counts',
    onKey: 'metricsOn',
    onLabel: 'Counts in the hybrid score',
  },
  logs: {
    title: 'Log model',
    subtitle: 'Autoencoder: what it cannot rebuild is anomalous',
    onKey: 'logsOn',
    onLabel: 'Counts in the hybrid score',
  },
} as const;

interface ModelCardProps {
  readonly kind: ModelKind;
  readonly model: ModelVersion | undefined;
  readonly loading: boolean;
}

/** One model: its state, what it was trained on, retraining and whether it counts. */
export function ModelCard({ kind, model, loading }: ModelCardProps) {
  const { commands, engine } = useApp();
  const settings = useAppState((state) => state.run?.settings);
  const detector = useAppState((state) =>
    kind === 'metrics' ? state.frame?.metricDetector : state.frame?.logDetector,
  );
  const [asked, setAsked] = useState(false);
  const words = WORDS[kind];
  const training = asked || detector?.kind === 'training';

  const retrain = async (): Promise<void> => {
    setAsked(true);
    await commands.retrain(kind);
    setAsked(false);
  };
  const cancel = (): void => {
    engine.cancelTraining().catch((error: unknown) => {
      const detail = error instanceof Error ? error.message : String(error);
      commands.notify({ kind: 'error', title: 'Training could not be cancelled', detail });
    });
  };

  return (
    <Panel
      title={words.title}
      subtitle={words.subtitle}
      actions={
        <Button icon={<RefreshCw aria-hidden="true" />} disabled={training} onClick={() => void retrain()}>
          Retrain now
        </Button>
      }
    >
      <div className={layout.stack}>
        <div className={styles.state}>
          <DetectorBadge state={detector} training={training} />
          {training ? (
            <>
              <div className={styles.grow}>
                <ProgressBar label="Training" value={detector?.kind === 'training' ? detector.progress : 0} />
              </div>
              <Button onClick={cancel}>Cancel</Button>
            </>
          ) : detector?.kind === 'warming-up' ? (
            <div className={styles.grow}>
              <ProgressBar
                label={`${detector.have} of ${detector.need} rows`}
                value={detector.need > 0 ? detector.have / detector.need : 0}
              />
            </div>
          ) : null}
        </div>
        {settings === undefined ? null : (
          <>
            <SwitchField
              label={words.onLabel}
              checked={settings[words.onKey]}
              onChange={(on) => void commands.applySettings({ ...settings, [words.onKey]: on })}
            />
            <MemberSwitches kind={kind} settings={settings} />
          </>
        )}
        {model !== undefined ? (
          <ModelFacts model={model} />
        ) : loading ? (
          <EmptyState kind="loading" title="Reading the model" />
        ) : (
          <EmptyState
            kind="empty"
            title="Not trained yet"
            detail="The model trains by itself as soon as it has seen enough rows."
            action={{ label: 'Train now', onClick: () => void retrain() }}
          />
        )}
      </div>
    </Panel>
  );
}

function DetectorBadge({ state, training }: { readonly state: DetectorState | undefined; readonly training: boolean }) {
  if (training) {
    return (
      <Badge tone="accent" shape="ring">
        Training
      </Badge>
    );
  }
  if (state === undefined) {
    return (
      <Badge tone="quiet" shape="ring">
        Starting
      </Badge>
    );
  }
  return state.kind === 'ready' ? (
    <Badge tone="ok" shape="check">
      Scoring
    </Badge>
  ) : (
    <Badge tone="warning" shape="ring">
      Warming up
    </Badge>
  );
}
