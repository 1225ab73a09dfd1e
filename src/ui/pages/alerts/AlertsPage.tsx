import { Download } from 'lucide-react';
import { useMemo } from 'react';
import { formatHash } from '../../../app/route';
import type { Alert } from '../../../domain/alerts';
import { Button } from '../../components/Button';
import { Drawer } from '../../components/Dialog';
import { EmptyState } from '../../components/EmptyState';
import { isMissing, Missing, MissingDevice } from '../../components/Missing';
import { Panel } from '../../components/Panel';
import { formatCount } from '../../format';
import { type Facts, useApp, useAppState, useFacts, useMedia, useRoute } from '../../hooks';
import { AlertDetail } from './AlertDetail';
import { AlertFilters } from './AlertFilters';
import { AlertTable } from './AlertTable';
import styles from './alerts.module.css';
import { causeLabel } from './cause-label';
import { alertsToCsv, alertsToNdjson } from './export-alerts';
import { type AlertFilter, filterAlerts, isFiltering, readAlertFilter, writeAlertFilter } from './filter-alerts';
import { IncidentDetail } from './IncidentDetail';
import { IncidentTable } from './IncidentTable';
import { groupByIncident } from './incident-groups';

const LIMIT = 5000;
const NO_FILTER: AlertFilter = readAlertFilter({});

/** All alerts, one by one or grouped by incident, and one of them in full. */
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
  // An incident is shown whole, also where the filter leaves only some of its alerts in the list.
  const incidents = useMemo(() => groupByIncident(all ?? []), [all]);
  const isGrouped = params.group === 'incident';
  const grouped = useMemo(() => (isGrouped ? groupByIncident(shown) : []), [isGrouped, shown]);

  const selected = all?.find((alert) => alert.id === params.id);
  const incident = incidents.find((one) => one.id === (selected?.incidentId ?? params.incident));
  /** The same list with something else, or nothing, picked. */
  const paramsWith = (picked: { readonly id?: string; readonly incident?: string }): Record<string, string> => {
    const { id: _id, incident: _incident, ...rest } = params;
    return { ...rest, ...picked };
  };
  const pick = (picked: { readonly id?: string; readonly incident?: string }): void =>
    commands.navigate('alerts', paramsWith(picked));
  const change = (next: AlertFilter): void => commands.navigate('alerts', writeAlertFilter(params, next));
  const group = (on: boolean): void => {
    const { group: _, ...rest } = paramsWith({});
    commands.navigate('alerts', on ? { ...rest, group: 'incident' } : rest);
  };

  const missing = all === undefined ? undefined : missingOf(params, selected !== undefined, incident !== undefined);
  const detail =
    missing !== undefined
      ? {
          title: 'The link',
          content: (
            <Missing
              {...missing}
              detail={`It is not among the ${formatCount(LIMIT)} newest alerts stored in this browser: it was erased, or the link is of another browser.`}
              back={{ label: 'Show all alerts', href: formatHash({ page: 'alerts', params: paramsWith({}) }) }}
            />
          ),
        }
      : selected !== undefined
        ? {
            title: `${causeLabel(selected)} on ${selected.deviceName}`,
            content: (
              <AlertDetail
                key={selected.id}
                alert={selected}
                incident={
                  incident === undefined
                    ? undefined
                    : {
                        size: incident.alerts.length,
                        href: formatHash({ page: 'alerts', params: paramsWith({ incident: incident.id }) }),
                      }
                }
              />
            ),
          }
        : incident !== undefined
          ? {
              title: `Incident on ${incident.devices.join(', ')}`,
              content: (
                <IncidentDetail
                  key={incident.id}
                  incident={incident}
                  hrefOf={(id) => formatHash({ page: 'alerts', params: paramsWith({ id }) })}
                />
              ),
            }
          : undefined;
  const beside = wide && detail !== undefined;
  const empty = (
    <NoAlerts facts={facts} isFiltered={isFiltering(filter)} device={filter.device} onClear={() => change(NO_FILTER)} />
  );

  return (
    <div className={beside ? styles.beside : styles.alone}>
      <Panel
        title="Alert history"
        subtitle={
          all === undefined
            ? 'Reading…'
            : `${formatCount(shown.length)} of ${formatCount(all.length)} alerts${isGrouped ? ` in ${formatCount(grouped.length)} ${grouped.length === 1 ? 'incident' : 'incidents'}` : ''}`
        }
        actions={
          <>
            <fieldset className={styles.switch} aria-label="Rows">
              <Button variant={isGrouped ? 'ghost' : 'default'} aria-pressed={!isGrouped} onClick={() => group(false)}>
                Alerts
              </Button>
              <Button variant={isGrouped ? 'default' : 'ghost'} aria-pressed={isGrouped} onClick={() => group(true)}>
                Incidents
              </Button>
            </fieldset>
            <Exports shown={shown} />
          </>
        }
        flush
      >
        <AlertFilters filter={filter} onChange={change} />
        {isGrouped ? (
          <IncidentTable
            incidents={grouped}
            selected={incident?.id}
            beside={beside}
            onOpen={({ id, alerts }) => pick(alerts.length === 1 ? { id: alerts[0].id } : { incident: id })}
            empty={empty}
          />
        ) : (
          <AlertTable
            alerts={shown}
            selected={selected?.id}
            beside={beside}
            onOpen={(alert) => pick({ id: alert.id })}
            empty={empty}
          />
        )}
      </Panel>
      {beside ? (
        <Panel
          title={detail.title}
          actions={<Button onClick={() => pick({})}>Close</Button>}
          className={styles.detailPanel}
        >
          {detail.content}
        </Panel>
      ) : (
        <Drawer open={detail !== undefined} onClose={() => pick({})} title={detail?.title ?? 'Alert'}>
          {detail?.content}
        </Drawer>
      )}
    </div>
  );
}

/** What the link names and is not there; undefined: all that it names is there. */
function missingOf(
  { id, incident }: Readonly<Record<string, string>>,
  hasAlert: boolean,
  hasIncident: boolean,
): { readonly what: string; readonly id: string } | undefined {
  if (id !== undefined && id !== '' && !hasAlert) return { what: 'alert', id };
  return incident === undefined || incident === '' || hasIncident ? undefined : { what: 'incident', id: incident };
}

function Exports({ shown }: { readonly shown: readonly Alert[] }) {
  const { commands } = useApp();
  return (
    <>
      <Button
        className={styles.export}
        icon={<Download aria-hidden="true" />}
        disabled={shown.length === 0}
        onClick={() => commands.save('alerts.csv', new Blob([alertsToCsv(shown)], { type: 'text/csv' }))}
      >
        CSV
      </Button>
      <Button
        className={styles.export}
        icon={<Download aria-hidden="true" />}
        disabled={shown.length === 0}
        onClick={() =>
          commands.save('alerts.ndjson', new Blob([alertsToNdjson(shown)], { type: 'application/x-ndjson' }))
        }
      >
        NDJSON
      </Button>
    </>
  );
}

interface NoAlertsProps {
  readonly facts: Facts<readonly Alert[]>;
  readonly isFiltered: boolean;
  /** Id of the device that the filter asks for. */
  readonly device: string | undefined;
  readonly onClear: () => void;
}

/** Why the list is empty, with the one thing to do about it. */
function NoAlerts({ facts, isFiltered, device, onClear }: NoAlertsProps) {
  const { commands } = useApp();
  const devices = useAppState((state) => state.run?.catalog.devices);
  if (facts.status === 'failed') {
    return (
      <EmptyState
        kind="failed"
        title="The alerts could not be read"
        detail={facts.error}
        action={{ label: 'Try again', onClick: facts.reload }}
      />
    );
  }
  if (facts.data === undefined) return <EmptyState kind="loading" title="Reading the alerts" />;
  // Alerts of earlier runs are listed, too: a device that this run does not have may be in them.
  const isUnknown = isMissing(device, devices) && !facts.data.some((alert) => alert.deviceId === device);
  if (isUnknown)
    return <MissingDevice id={device} known={devices} back={{ label: 'Show all alerts', href: '#/alerts' }} />;
  if (isFiltered) {
    return (
      <EmptyState kind="no-match" title="No alert matches" action={{ label: 'Clear the filter', onClick: onClear }} />
    );
  }
  return (
    <EmptyState
      kind="empty"
      title="No alert yet"
      detail="Nothing has crossed the threshold so far. Inject a fault to see one within seconds."
      action={{ label: 'Inject a fault', onClick: () => commands.setInjectorOpen(true) }}
    />
  );
}
