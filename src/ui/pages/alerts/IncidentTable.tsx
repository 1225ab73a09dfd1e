import type { ReactNode } from 'react';
import { CAUSE_LABELS } from '../../../domain/alerts';
import { compareSeverity, SEVERITIES } from '../../../domain/scores';
import { ScoreBar, SeverityBadge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatDuration, formatNumber } from '../../format';
import layout from '../layout.module.css';
import { AlertStateBadge } from './AlertStateBadge';
import type { IncidentGroup } from './incident-groups';

interface IncidentTableProps {
  readonly incidents: readonly IncidentGroup[];
  readonly selected: string | undefined;
  /** A detail stands beside it: fewer columns. */
  readonly beside: boolean;
  readonly onOpen: (incident: IncidentGroup) => void;
  readonly empty: ReactNode;
}

const NEWEST = { key: 'from', order: 'down' } as const;

/** Incidents, a row each: how many alerts, on which devices, for how long, how bad. */
export function IncidentTable({ incidents, selected, beside, onOpen, empty }: IncidentTableProps) {
  return (
    <DataTable
      rows={incidents}
      columns={beside ? BESIDE_COLUMNS : COLUMNS}
      narrowColumns={NARROW_COLUMNS}
      rowKey={(incident) => incident.id}
      onRowActivate={onOpen}
      selectedKey={selected}
      caption="Incidents"
      height={640}
      initialSort={NEWEST}
      empty={empty}
    />
  );
}

const SEVERITY: Column<IncidentGroup> = {
  key: 'severity',
  header: 'Worst',
  width: 104,
  render: (incident) => <SeverityBadge severity={incident.severity} />,
  sortValue: (incident) => compareSeverity(incident.severity, SEVERITIES[0]),
};
const DEVICES: Column<IncidentGroup> = {
  key: 'devices',
  header: 'Devices',
  width: 150,
  render: (incident) => (
    <span className={layout.strong} title={incident.devices.join(', ')}>
      {namesOf(incident)}
    </span>
  ),
  sortValue: namesOf,
};
const CAUSE: Column<IncidentGroup> = { key: 'cause', header: 'Cause', render: causesOf, sortValue: causesOf };
const ALERTS: Column<IncidentGroup> = {
  key: 'alerts',
  header: 'Alerts',
  optional: 4,
  width: 76,
  align: 'right',
  render: (incident) => formatNumber(incident.alerts.length),
  sortValue: (incident) => incident.alerts.length,
};
const FROM: Column<IncidentGroup> = {
  key: 'from',
  header: 'From',
  width: 172,
  render: (incident) => <Time t={incident.from} style="datetime" />,
  sortValue: (incident) => incident.from,
};
const SPAN: Column<IncidentGroup> = {
  key: 'span',
  header: 'Span',
  optional: 1,
  width: 104,
  align: 'right',
  render: spanOf,
  sortValue: (incident) => incident.to - incident.from,
};
const STATE: Column<IncidentGroup> = {
  key: 'state',
  header: 'State',
  optional: 3,
  width: 156,
  render: (incident) => <AlertStateBadge alert={incident} />,
  sortValue: (incident) => incident.state,
};
const SCORE: Column<IncidentGroup> = {
  key: 'score',
  header: 'Peak score',
  optional: 2,
  width: 108,
  render: (incident) => <ScoreBar score={incident.peakScore} />,
  sortValue: (incident) => incident.peakScore,
};

const COLUMNS = [SEVERITY, DEVICES, CAUSE, ALERTS, FROM, SPAN, STATE, SCORE];
const BESIDE_COLUMNS = [SEVERITY, { ...DEVICES, width: 128 }, CAUSE, { ...ALERTS, width: 68 }, FROM];
const NARROW_COLUMNS: readonly Column<IncidentGroup>[] = [
  SEVERITY,
  {
    ...DEVICES,
    width: undefined,
    render: (incident) => <TwoLines top={namesOf(incident)} below={causesOf(incident)} />,
  },
  {
    ...FROM,
    width: 104,
    optional: 1,
    render: (incident) => <TwoLines top={<Time t={incident.from} />} below={countOf(incident)} />,
  },
];

/** `web-01` or `web-01 and 2 more`. */
function namesOf({ devices }: IncidentGroup): string {
  return devices.length === 1 ? devices[0] : `${devices[0]} and ${formatNumber(devices.length - 1)} more`;
}

function causesOf({ causes }: IncidentGroup): string {
  return causes.map((cause) => CAUSE_LABELS[cause]).join(', ');
}

function countOf({ alerts }: IncidentGroup): string {
  return alerts.length === 1 ? '1 alert' : `${formatNumber(alerts.length)} alerts`;
}

/** From the first to the last flagged sample. */
function spanOf({ from, to }: IncidentGroup): string {
  return to > from ? formatDuration(to - from) : '1 sample';
}
