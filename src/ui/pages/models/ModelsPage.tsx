import type { ModelVersion } from '../../../domain/models';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { useFacts } from '../../hooks';
import layout from '../layout.module.css';
import { HybridSettings } from './HybridSettings';
import { ModelCard } from './ModelCard';
import { ModelFilePanel } from './ModelFilePanel';
import { VersionTable } from './VersionTable';

/** Both models: what they were trained on, how their scores become alarms, and the way out and in for them. */
export function ModelsPage() {
  const facts = useFacts(['models'], (app) => app.engine.models());
  const models = facts.data ?? [];
  const active = (kind: ModelVersion['kind']): ModelVersion | undefined =>
    models.find((model) => model.kind === kind && model.active);

  return (
    <div className={layout.page}>
      {facts.status === 'failed' ? (
        <Panel title="Models">
          <EmptyState
            kind="failed"
            title="The models could not be read"
            detail={facts.error}
            action={{ label: 'Try again', onClick: facts.reload }}
          />
        </Panel>
      ) : null}
      <div className={`${layout.two} ${layout.stretch}`}>
        <ModelCard kind="metrics" model={active('metrics')} loading={facts.status === 'loading'} />
        <ModelCard kind="logs" model={active('logs')} loading={facts.status === 'loading'} />
      </div>
      <div className={`${layout.two} ${layout.stretch}`}>
        <HybridSettings />
        <ModelFilePanel />
      </div>
      <VersionTable facts={facts} />
    </div>
  );
}
