import type { Decision } from '../../../domain/decisions';
import { Badge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatDuration } from '../../format';
import { useFacts } from '../../hooks';
import layout from '../layout.module.css';

const COLUMNS: readonly Column<Decision>[] = [
  {
    key: 'at',
    header: 'When',
    width: 176,
    render: (decision) => <Time t={decision.at} style="datetime" />,
    sortValue: (decision) => decision.decidedAt,
  },
  {
    key: 'type',
    header: 'Decision',
    width: 124,
    render: (decision) =>
      decision.type === 'quarantine' ? (
        <Badge tone="quarantine" shape="lock">
          Quarantine
        </Badge>
      ) : (
        <Badge tone="ok" shape="check">
          Release
        </Badge>
      ),
    sortValue: (decision) => decision.type,
  },
  {
    key: 'device',
    header: 'Device',
    width: 124,
    render: (decision) => <span className={layout.strong}>{decision.deviceName}</span>,
    sortValue: (decision) => decision.deviceName,
  },
  {
    key: 'origin',
    header: 'Origin',
    optional: 2,
    width: 136,
    render: (decision) => (decision.simulated ? `${decision.origin} (simulated)` : decision.origin),
    sortValue: (decision) => decision.origin,
  },
  {
    key: 'reason',
    header: 'Reason',
    render: (decision) => <span title={decision.reason}>{decision.reason}</span>,
    sortValue: (decision) => decision.reason,
  },
  {
    key: 'duration',
    header: 'For',
    optional: 1,
    width: 124,
    render: (decision) =>
      decision.type === 'release' ? (
        <span className={layout.quiet}>–</span>
      ) : decision.durationMs === undefined ? (
        'until released'
      ) : (
        formatDuration(decision.durationMs)
      ),
  },
];

const NARROW_COLUMNS: readonly Column<Decision>[] = [
  {
    key: 'what',
    header: 'Device and reason',
    render: (decision) => (
      <TwoLines
        top={decision.deviceName}
        below={
          <>
            <Time t={decision.at} /> {decision.reason}
          </>
        }
      />
    ),
  },
  COLUMNS[1],
];

/** Every decision of the run, newest first. Decisions are only ever added. */
export function DecisionHistory() {
  const facts = useFacts(['decisions'], async (app) => [...(await app.engine.decisions())].reverse());
  return (
    <Panel title="History of decisions" subtitle="Only ever added to" flush>
      <DataTable
        rows={facts.data ?? []}
        columns={COLUMNS}
        narrowColumns={NARROW_COLUMNS}
        rowKey={(decision) => decision.id}
        caption="Decisions, newest first"
        height={320}
        empty={
          facts.status === 'failed' ? (
            <EmptyState
              kind="failed"
              title="The history could not be read"
              detail={facts.error}
              action={{ label: 'Try again', onClick: facts.reload }}
            />
          ) : facts.status === 'loading' ? (
            <EmptyState kind="loading" title="Reading the decisions" />
          ) : (
            <EmptyState kind="empty" title="No decision yet" detail="Quarantines and releases are listed here." />
          )
        }
      />
    </Panel>
  );
}
