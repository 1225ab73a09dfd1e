import { RefreshCw } from 'lucide-react';
import { Button } from '../../components/Button';
import { Badge } from '../../components/badges';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Stat } from '../../components/Stat';
import { formatBytes, formatNumber } from '../../format';
import { useApp, useAppState, useFacts } from '../../hooks';
import layout from '../layout.module.css';
import styles from './data.module.css';

const COUNT_WORDS: Readonly<Record<string, string>> = {
  telemetry: 'Metric chunks',
  samples: 'Samples',
  logs: 'Log chunks',
  logLines: 'Log lines',
  runs: 'Runs',
  alerts: 'Alerts',
  decisions: 'Decisions',
  injections: 'Injections',
  models: 'Models',
  scenarios: 'Own scenarios',
  damaged: 'Damaged records',
};

/** What is stored, how large it is, and whether the browser may clear it. */
export function StoragePanel() {
  const { commands } = useApp();
  const limitMb = useAppState((state) => state.run?.settings.retentionMb);
  const facts = useFacts(['runs', 'settings', 'models'], (app) => app.engine.usage());
  const usage = facts.data;

  const ask = async (): Promise<void> => {
    try {
      const granted = await navigator.storage.persist();
      commands.notify(
        granted
          ? { kind: 'success', title: 'The browser keeps this data', detail: 'It is cleared only when you ask for it.' }
          : {
              kind: 'info',
              title: 'The browser refused',
              detail: 'It may clear this data when space is short: back up.',
            },
      );
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      commands.notify({ kind: 'error', title: 'The browser could not be asked', detail });
    }
    facts.reload();
  };

  return (
    <Panel
      title="Storage"
      subtitle="In this browser's IndexedDB, which it may clear"
      actions={
        <Button variant="ghost" icon={<RefreshCw aria-hidden="true" />} onClick={facts.reload}>
          Measure again
        </Button>
      }
    >
      {usage === undefined ? (
        facts.status === 'failed' ? (
          <EmptyState
            kind="failed"
            title="The storage could not be measured"
            detail={facts.error}
            action={{ label: 'Try again', onClick: facts.reload }}
          />
        ) : (
          <EmptyState kind="loading" title="Measuring" />
        )
      ) : (
        <div className={layout.form}>
          <div className={layout.stats}>
            <Stat label="In all" value={formatBytes(usage.bytes)} hint="as the browser says" />
            <Stat
              label="Telemetry"
              value={formatBytes(usage.telemetryBytes)}
              hint={`limit ${formatNumber(limitMb)} MB`}
            />
            <Stat label="Log lines" value={formatBytes(usage.logBytes)} hint="inside the limit" />
          </div>
          <div className={layout.buttons}>
            {usage.mode === 'memory' ? (
              <Badge tone="warning" shape="triangle">
                In memory only: nothing survives this tab
              </Badge>
            ) : usage.persisted === true ? (
              <Badge tone="ok" shape="check">
                The browser keeps this data
              </Badge>
            ) : (
              <>
                <Badge tone="warning" shape="triangle">
                  The browser may clear this data
                </Badge>
                <Button onClick={() => void ask()}>Ask to keep it</Button>
              </>
            )}
          </div>
          <dl className={styles.counts}>
            {Object.entries(usage.counts).map(([table, count]) => (
              <div key={table}>
                <dt>{COUNT_WORDS[table] ?? table}</dt>
                <dd>{formatNumber(count)}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
    </Panel>
  );
}
