import { useMemo, useState } from 'react';
import { formatHash } from '../../../app/route';
import { DEVICE_STATES, type DeviceState } from '../../../domain/frame';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { ErrorBoundary } from '../../components/ErrorBoundary';
import { isMissing, MissingDevice } from '../../components/Missing';
import { Panel } from '../../components/Panel';
import { StateMark } from '../../globe/StateMark';
import { WorldMap } from '../../globe/WorldMap';
import { useApp, useAppState, useFacts, useLive, useMedia, useRoute } from '../../hooks';
import layout from '../layout.module.css';
import { DeviceDetail } from './DeviceDetail';
import { DevicesPanel } from './DevicesPanel';
import { countStates, type DeviceRow, joinDeviceRows, mapArcs, mapDevices } from './device-rows';
import styles from './map-page.module.css';

type View = 'globe' | 'flat';

const STATE_WORDS: Readonly<Record<DeviceState, string>> = {
  ok: 'OK',
  warning: 'Warning',
  alert: 'Alert',
  quarantined: 'Quarantined',
  silent: 'Silent',
};

/** Where the devices stand, how they are, and where attacks come from. */
export function MapPage() {
  const { commands, store } = useApp();
  const { params } = useRoute();
  const catalog = useAppState((state) => state.run?.catalog);
  const paused = useAppState((state) => state.frame?.state.kind === 'paused');
  const narrow = useMedia('(max-width: 767px)');
  const reduced = useMedia('(prefers-reduced-motion: reduce)');
  const injections = useFacts(['injections', 'catalog'], (app) => app.engine.injections());
  const [failure, setFailure] = useState<string | undefined>(undefined);
  const live = useLive(2);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `live` says that there is a new frame
  const rows = useMemo(
    () => (catalog === undefined ? [] : joinDeviceRows(catalog, store.getState().frame?.fleet)),
    [catalog, store, live],
  );
  const devices = useMemo(() => mapDevices(rows), [rows]);
  // Told apart by content: a new list every half second would start the arcs anew.
  const arcs = useMemo(() => mapArcs(injections.data ?? [], rows), [injections.data, rows]);

  const asked: View = params.view === 'globe' || params.view === 'flat' ? params.view : narrow ? 'flat' : 'globe';
  const view: View = failure === undefined ? asked : 'flat';
  const selected = rows.find((row) => row.device.id === params.device);
  const select = (row: DeviceRow | undefined): void => {
    const { device: _, ...rest } = params;
    commands.navigate('map', row === undefined ? rest : { ...rest, device: row.device.id });
  };
  const show = (next: View): void => {
    setFailure(undefined);
    commands.navigate('map', { ...params, view: next });
  };
  const counts = countStates(rows);
  const summary = `World map with ${devices.length} devices: ${DEVICE_STATES.map((state) => `${counts[state]} ${STATE_WORDS[state]}`).join(', ')}; ${arcs.length} running injections. The table beside it holds the same.`;

  return (
    <div className={styles.columns} data-view={view}>
      <Panel
        title="Threat map"
        subtitle={
          arcs.length === 0
            ? 'No injection is running'
            : `${arcs.length} running ${arcs.length === 1 ? 'injection' : 'injections'}`
        }
        actions={
          <fieldset className={styles.switch} aria-label="View">
            <Button
              variant={view === 'globe' ? 'default' : 'ghost'}
              aria-pressed={view === 'globe'}
              onClick={() => show('globe')}
            >
              Globe
            </Button>
            <Button
              variant={view === 'flat' ? 'default' : 'ghost'}
              aria-pressed={view === 'flat'}
              onClick={() => show('flat')}
            >
              Flat
            </Button>
          </fieldset>
        }
      >
        {failure === undefined ? null : (
          <p className={styles.failure} role="status">
            {failure} The flat map is shown instead.
          </p>
        )}
        <ErrorBoundary name="The map">
          {catalog !== undefined && devices.length === 0 ? (
            <EmptyState
              kind="empty"
              title="No device has a place"
              detail="This data does not say where its devices stand. The table has their values."
              action={{ label: 'Show the overview', href: '#/overview' }}
            />
          ) : (
            <WorldMap
              view={view}
              devices={devices}
              arcs={arcs}
              selected={selected?.index}
              onSelect={(index) => select(rows.find((row) => row.index === index))}
              moving={!paused && !reduced}
              summary={summary}
              onGlobeFailed={setFailure}
            />
          )}
        </ErrorBoundary>
        <ul className={styles.legend} hidden={devices.length === 0} aria-label="Devices by state">
          {DEVICE_STATES.map((state) => (
            <li key={state}>
              <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">
                <StateMark state={state} size={5} />
              </svg>
              {STATE_WORDS[state]} <span className={layout.quiet}>{counts[state]}</span>
            </li>
          ))}
        </ul>
      </Panel>
      <div className={styles.side} data-detail={selected !== undefined}>
        {selected === undefined || catalog === undefined ? null : (
          <DeviceDetail row={selected} metrics={catalog.metrics} onClose={() => select(undefined)} />
        )}
        {isMissing(params.device, catalog?.devices) ? (
          <Panel title="The link">
            <MissingDevice
              id={params.device}
              known={catalog?.devices}
              back={{ label: 'Show all devices', href: formatHash({ page: 'map', params: { ...params, device: '' } }) }}
            />
          </Panel>
        ) : null}
        <DevicesPanel rows={rows} metrics={catalog?.metrics ?? []} selected={selected} onSelect={select} />
      </div>
    </div>
  );
}
