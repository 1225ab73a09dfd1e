import type { ReactNode } from 'react';
import type { Alert } from '../../../domain/alerts';
import { compareSeverity, SEVERITIES } from '../../../domain/scores';
import { ScoreBar, SeverityBadge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatDuration } from '../../format';
import layout from '../layout.module.css';
import { AlertStateBadge } from './AlertStateBadge';
import { causeLabel } from './cause-label';

interface AlertTableProps {
  readonly alerts: readonly Alert[];
  readonly selected: string | undefined;
  /** A detail stands beside it: fewer columns. */
  readonly beside: boolean;
  readonly onOpen: (alert: Alert) => void;
  readonly empty: ReactNode;
}

const NEWEST = { key: 'opened', order: 'down' } as const;

/** Alerts, a row each. */
export function AlertTable({ alerts, selected, beside, onOpen, empty }: AlertTableProps) {
  return (
    <DataTable
      rows={alerts}
      columns={beside ? BESIDE_COLUMNS : COLUMNS}
      narrowColumns={NARROW_COLUMNS}
      rowKey={(alert) => alert.id}
      onRowActivate={onOpen}
      selectedKey={selected}
      caption="Alerts"
      height={640}
      initialSort={NEWEST}
      empty={empty}
    />
  );
}

const SEVERITY: Column<Alert> = {
  key: 'severity',
  header: 'Severity',
  width: 104,
  render: (alert) => <SeverityBadge severity={alert.severity} />,
  sortValue: (alert) => compareSeverity(alert.severity, SEVERITIES[0]),
};
const DEVICE: Column<Alert> = {
  key: 'device',
  header: 'Device',
  width: 130,
  render: (alert) => <span className={layout.strong}>{alert.deviceName}</span>,
  sortValue: (alert) => alert.deviceName,
};
const CAUSE: Column<Alert> = {
  key: 'cause',
  header: 'Cause',
  width: 192,
  render: causeLabel,
  sortValue: causeLabel,
};
const OPENED: Column<Alert> = {
  key: 'opened',
  header: 'Opened',
  width: 172,
  render: (alert) => <Time t={alert.openedAt} style="datetime" />,
  sortValue: (alert) => alert.openedAt,
};
const STATE: Column<Alert> = {
  key: 'state',
  header: 'State',
  optional: 3,
  width: 156,
  render: (alert) => <AlertStateBadge alert={alert} />,
  sortValue: (alert) => alert.state,
};
const SCORE: Column<Alert> = {
  key: 'score',
  header: 'Score',
  optional: 2,
  width: 100,
  render: (alert) => <ScoreBar score={alert.peakScore} />,
  sortValue: (alert) => alert.peakScore,
};
const LASTED: Column<Alert> = {
  key: 'lasted',
  header: 'Lasted',
  optional: 1,
  width: 104,
  align: 'right',
  render: (alert) => (lengthOf(alert) > 0 ? formatDuration(lengthOf(alert)) : '1 sample'),
  sortValue: lengthOf,
};
const REASON: Column<Alert> = {
  key: 'reason',
  header: 'Reason',
  optional: 4,
  render: (alert) => (
    <span className={layout.quiet} title={alert.reason}>
      {alert.reason}
    </span>
  ),
};

const COLUMNS = [SEVERITY, DEVICE, CAUSE, OPENED, STATE, SCORE, LASTED, REASON];
const BESIDE_COLUMNS = [SEVERITY, DEVICE, { ...CAUSE, width: undefined }, OPENED];
const NARROW_COLUMNS: readonly Column<Alert>[] = [
  SEVERITY,
  { ...DEVICE, width: undefined, render: (alert) => <TwoLines top={alert.deviceName} below={causeLabel(alert)} /> },
  {
    ...OPENED,
    width: 104,
    optional: 1,
    render: (alert) => <TwoLines top={<Time t={alert.openedAt} />} below={<Time t={alert.openedAt} style="date" />} />,
  },
];

/** From the first to the last flagged sample, in ms. */
function lengthOf(alert: Alert): number {
  return (alert.closedAt ?? alert.lastAt) - alert.openedAt;
}
