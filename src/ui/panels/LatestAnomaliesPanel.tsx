import { FileText } from 'lucide-react';
import { useState } from 'react';
import { type Alert, CAUSE_LABELS } from '../../domain/alerts';
import { Button } from '../components/Button';
import { Badge, ScoreBar, SeverityBadge } from '../components/badges';
import { type Column, DataTable } from '../components/DataTable';
import { EmptyState } from '../components/EmptyState';
import { Panel } from '../components/Panel';
import { ReportDialog } from '../components/ReportDialog';
import { Time } from '../components/Time';
import { TwoLines } from '../components/TwoLines';
import { useApp, useAppState, useRunAlerts } from '../hooks';

const SHOWN = 50;

const STATE_WORDS: Readonly<Record<Alert['state'], string>> = {
  ongoing: 'Ongoing',
  resolved: 'Resolved',
  expired: 'Expired',
};

/** The newest alerts; a row leads to its detail, the button to its incident report. */
export function LatestAnomaliesPanel() {
  const { commands } = useApp();
  const [report, setReport] = useState<Alert | undefined>(undefined);
  const isFile = useAppState((state) => state.run?.info.kind === 'file');
  const focused = useAppState((state) =>
    state.focusedDevice === undefined ? undefined : state.run?.catalog.devices[state.focusedDevice]?.id,
  );
  const alerts = useRunAlerts(SHOWN);
  const rows = (alerts.data ?? []).filter((alert) => focused === undefined || alert.deviceId === focused);
  const columns: readonly Column<Alert>[] = [
    { key: 'severity', header: 'Severity', width: 104, render: (alert) => <SeverityBadge severity={alert.severity} /> },
    {
      key: 'openedAt',
      header: 'Since',
      width: isFile ? 158 : 80,
      render: (alert) => <Time t={alert.openedAt} style={isFile ? 'datetime' : 'time'} />,
    },
    { key: 'device', header: 'Device', width: isFile ? 88 : 116, render: (alert) => alert.deviceName },
    {
      key: 'cause',
      header: 'Cause',
      render: (alert) => <span title={CAUSE_LABELS[alert.cause]}>{CAUSE_LABELS[alert.cause]}</span>,
    },
    {
      key: 'score',
      header: 'Peak score',
      width: 92,
      optional: 2,
      render: (alert) => <ScoreBar score={alert.peakScore} />,
    },
    {
      key: 'state',
      header: 'State',
      optional: 1,
      width: 106,
      render: (alert) => (
        <Badge
          tone={alert.state === 'ongoing' ? 'danger' : 'quiet'}
          shape={alert.state === 'ongoing' ? 'circle' : 'check'}
        >
          {STATE_WORDS[alert.state]}
        </Badge>
      ),
    },
    {
      key: 'report',
      header: 'Report',
      width: 116,
      render: (alert) => (
        <Button
          variant="ghost"
          icon={<FileText aria-hidden="true" />}
          aria-label={`Incident report for ${CAUSE_LABELS[alert.cause]} on ${alert.deviceName}`}
          onClick={() => setReport(alert)}
        >
          Report
        </Button>
      ),
    },
  ];
  const narrowColumns: readonly Column<Alert>[] = [
    columns[0],
    {
      key: 'what',
      header: 'Device and cause',
      render: (alert) => <TwoLines top={alert.deviceName} below={CAUSE_LABELS[alert.cause]} />,
    },
    {
      key: 'since',
      header: 'Since',
      width: 92,
      optional: 1,
      render: (alert) => <TwoLines top={<Time t={alert.openedAt} />} below={STATE_WORDS[alert.state]} />,
    },
  ];
  return (
    <Panel title="Latest anomalies" actions={<a href="#/alerts">All alerts</a>} flush>
      <DataTable
        caption="Latest anomalies"
        rows={rows}
        columns={columns}
        narrowColumns={narrowColumns}
        rowKey={(alert) => alert.id}
        rowHeight={40}
        height={312}
        onRowActivate={(alert) => commands.navigate('alerts', { id: alert.id })}
        empty={
          alerts.status === 'failed' ? (
            <EmptyState
              kind="failed"
              title="The alerts could not be read"
              detail={alerts.error}
              action={{ label: 'Try again', onClick: alerts.reload }}
            />
          ) : (
            <EmptyState
              kind={alerts.status === 'loading' ? 'loading' : 'empty'}
              title={alerts.status === 'loading' ? 'Loading the alerts' : 'No anomaly so far'}
              detail={
                alerts.status === 'loading'
                  ? undefined
                  : 'Nothing crossed the threshold. Inject a fault to see how one is found.'
              }
              action={
                alerts.status === 'loading'
                  ? undefined
                  : { label: 'Inject a fault', onClick: () => commands.setInjectorOpen(true) }
              }
            />
          )
        }
      />
      {report === undefined ? null : <ReportDialog alert={report} onClose={() => setReport(undefined)} />}
    </Panel>
  );
}
