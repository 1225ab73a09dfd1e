import { RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import { deviceId } from '../../../domain/ids';
import { LOG_LEVELS } from '../../../domain/telemetry';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { formatCount } from '../../format';
import { useFacts } from '../../hooks';
import layout from '../layout.module.css';
import { LogTable } from './LogTable';
import type { LogFilter } from './log-filter';

const LIMIT = 5000;

/** What is stored of the log, searched by the engine; newest first. */
export function StoredLogs({ filter, onReset }: { readonly filter: LogFilter; readonly onReset: () => void }) {
  const facts = useFacts(
    ['runs'],
    (app) =>
      app.engine.searchLogs({
        text: filter.text.trim(),
        levels: filter.levels.length === 0 ? LOG_LEVELS : filter.levels,
        deviceId: filter.device === undefined ? undefined : deviceId(filter.device),
        limit: LIMIT,
      }),
    [filter.text, filter.levels.join(), filter.device],
  );
  const lines = useMemo(
    () => (facts.data ?? []).map((line, i) => ({ ...line, key: `${line.t}:${line.deviceId}:${i}` })),
    [facts.data],
  );
  const words = facts.data === undefined ? 'Searching…' : `${formatCount(lines.length)} lines`;
  return (
    <>
      <div className={layout.toolbar}>
        <span className={layout.count} role="status">
          {words}
          {lines.length >= LIMIT ? `, the newest ${formatCount(LIMIT)} that match` : ''}
        </span>
        <span className={layout.spring} />
        <Button icon={<RefreshCw aria-hidden="true" />} onClick={facts.reload}>
          Search again
        </Button>
      </div>
      <LogTable
        lines={lines}
        caption="Stored log lines, newest first"
        empty={
          facts.status === 'loading' ? (
            <EmptyState kind="loading" title="Searching the stored lines" />
          ) : facts.status === 'failed' ? (
            <EmptyState
              kind="failed"
              title="The search failed"
              detail={facts.error}
              action={{ label: 'Try again', onClick: facts.reload }}
            />
          ) : (
            <EmptyState
              kind="no-match"
              title="No stored line matches"
              detail="Old lines are deleted once the storage limit is reached."
              action={{ label: 'Clear the filter', onClick: onReset }}
            />
          )
        }
      />
    </>
  );
}
