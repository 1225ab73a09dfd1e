import { Download } from 'lucide-react';
import { useMemo } from 'react';
import type { Alert } from '../../../domain/alerts';
import { compareSeverity, SEVERITIES } from '../../../domain/scores';
import { Button } from '../../components/Button';
import { ScoreBar, SeverityBadge } from '../../components/badges';
import { type Column, DataTable } from '../../components/DataTable';
import { Drawer } from '../../components/Dialog';
import { EmptyState } from '../../components/EmptyState';
import { Panel } from '../../components/Panel';
import { Time } from '../../components/Time';
import { TwoLines } from '../../components/TwoLines';
import { formatCount, formatDuration } from '../../format';
import { useApp, useAppState, useFacts, useMedia, useRoute } from '../../hooks';
import layout from '../layout.module.css';
import { AlertDetail } from './AlertDetail';
import { AlertFilters } from './AlertFilters';
import { AlertStateBadge } from './AlertStateBadge';
import styles from './alerts.module.css';
import { causeLabel } from './cause-label';
import { alertsToCsv, alertsToNdjson } from './export-alerts';
import { type AlertFilter, filterAlerts, isFiltering, readAlertFilter, writeAlertFilter } from './filter-alerts';

const LIMIT = 5000;
const NO_FILTER: AlertFilter = readAlertFilter({});
const NEWEST = { key: 'opened', order: 'down' } as const;

/** All alerts, and one of them in full. */
export function AlertsPage() {
  const { commands } = useApp();
  const { params } = useRoute();
  const wide = useMedia('(min-width: 1280px)');
  const facts = useFacts(['alerts'], (app) => app.engine.alerts(LIMIT));
  const runId = useAppState((state) => state.run?.info.runId);
  const filter = readAlertFilter(params);
  const all = facts.data;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the filter is read from the parameters
  const shown = useMemo(() => filterAlerts(all ?? [], filter, runId), [all, params, runId]);
  const selected = all?.find((alert) => alert.id === params.id);
  const open = (alert: Alert | undefined): void => {
    const { id: _, ...rest } = params;
    commands.navigate('alerts', alert === undefined ? rest : { ...rest, id: alert.id });
  };
  const change = (next: AlertFilter): void => commands.navigate('alerts', writeAlertFilter(params, next));
  const detail = selected === undefined ? null : <AlertDetail key={selected.id} alert={selected} />;
  const beside = wide && selected !== undefined;

  return (
    <div className={beside ? styles.beside : styles.alone}>
      <Panel
        title="Alert history"
        subtitle={all === undefined ? 'Reading…' : `${formatCount(shown.length)} of ${formatCount(all.length)} alerts`}
        actions={
          <>
            <Button
              icon={<Download aria-hidden="true" />}
              disabled={shown.length === 0}
              onClick={() => commands.save('alerts.csv', new Blob([alertsToCsv(shown)], { type: 'text/csv' }))}
            >
              CSV
            </Button>
            <Button
              icon={<Download aria-hidden="true" />}
              disabled={shown.length === 0}
              onClick={() =>
                commands.save('alerts.ndjson', new Blob([alertsToNdjson(shown)], { type: 'application/x-ndjson' }))
              }
            >
              NDJSON
            </Button>
          </>
        }
        flush
      >
        <AlertFilters filter={filter} onChange={change} />
        <DataTable
          rows={shown}
          columns={beside ? BESIDE_COLUMNS : COLUMNS}
          narrowColumns={NARROW_COLUMNS}
          rowKey={(alert) => alert.id}
          onRowActivate={open}
          selectedKey={selected?.id}
          caption="Alerts"
          height={640}
          initialSort={NEWEST}
          empty={
            facts.status === 'failed' ? (
              <EmptyState
                kind="failed"
                title="The alerts could not be read"
                detail={facts.error}
                action={{ label: 'Try again', onClick: facts.reload }}
              />
            ) : all === undefined ? (
              <EmptyState kind="loading" title="Reading the alerts" />
            ) : isFiltering(filter) ? (
              <EmptyState
                kind="no-match"
                title="No alert matches"
                action={{ label: 'Clear the filter', onClick: () => change(NO_FILTER) }}
              />
            ) : (
              <EmptyState
                kind="empty"
                title="No alert yet"
                detail="Nothing has crossed the threshold so far. Inject a fault to see one within seconds."
                action={{ label: 'Inject a fault', onClick: () => commands.setInjectorOpen(true) }}
              />
            )
          }
        />
      </Panel>
      {beside ? (
        <Panel
          title={`${causeLabel(selected)} on ${selected.deviceName}`}
          actions={<Button onClick={() => open(undefined)}>Close</Button>}
          className={styles.detailPanel}
        >
          {detail}
        </Panel>
      ) : (
        <Drawer
          open={selected !== undefined}
          onClose={() => open(undefined)}
          title={selected === undefined ? 'Alert' : `${causeLabel(selected)} on ${selected.deviceName}`}
        >
          {detail}
        </Drawer>
      )}
    </div>
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
  width: 156,
  render: (alert) => <AlertStateBadge alert={alert} />,
  sortValue: (alert) => alert.state,
};
const SCORE: Column<Alert> = {
  key: 'score',
  header: 'Score',
  width: 100,
  render: (alert) => <ScoreBar score={alert.peakScore} />,
  sortValue: (alert) => alert.peakScore,
};
const LASTED: Column<Alert> = {
  key: 'lasted',
  header: 'Lasted',
  width: 104,
  align: 'right',
  render: (alert) => (lengthOf(alert) > 0 ? formatDuration(lengthOf(alert)) : '1 sample'),
  sortValue: lengthOf,
};
const REASON: Column<Alert> = {
  key: 'reason',
  header: 'Reason',
  render: (alert) => (
    <span className={layout.quiet} title={alert.reason}>
      {alert.reason}
    </span>
  ),
};

const COLUMNS = [SEVERITY, DEVICE, CAUSE, OPENED, STATE, SCORE, LASTED, REASON];
const BESIDE_COLUMNS = [SEVERITY, DEVICE, { ...CAUSE, width: undefined }, OPENED, STATE];
const NARROW_COLUMNS: readonly Column<Alert>[] = [
  SEVERITY,
  { ...DEVICE, width: undefined, render: (alert) => <TwoLines top={alert.deviceName} below={causeLabel(alert)} /> },
  {
    ...OPENED,
    width: 104,
    render: (alert) => <TwoLines top={<Time t={alert.openedAt} />} below={<Time t={alert.openedAt} style="date" />} />,
  },
];

/** From the first to the last flagged sample, in ms. */
function lengthOf(alert: Alert): number {
  return (alert.closedAt ?? alert.lastAt) - alert.openedAt;
}
