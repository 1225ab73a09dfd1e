import { useEffect } from 'react';
import { formatHash } from '../../../app/route';
import { cx } from '../../components/cx';
import { ErrorBoundary } from '../../components/ErrorBoundary';
import { isMissing, MissingDevice } from '../../components/Missing';
import { Panel } from '../../components/Panel';
import { useApp, useAppState, useRoute } from '../../hooks';
import { OVERVIEW_PANELS } from '../../panels/registry';
import { FirstSteps } from './FirstSteps';
import { KpiStrip } from './KpiStrip';
import styles from './overview.module.css';
import { StatusBanner } from './StatusBanner';

const SPANS: Readonly<Record<number, string>> = {
  3: styles.span3,
  4: styles.span4,
  6: styles.span6,
  8: styles.span8,
  9: styles.span9,
  12: styles.span12,
};

/** The device of the link (`device=` its id) is the focused one; without it none is. */
function useFocusFromRoute(): void {
  const { commands } = useApp();
  const wanted = useAppState((state) => {
    const id = state.route.params.device;
    if (id === undefined) return undefined;
    const index = state.run?.catalog.devices.findIndex((device) => device.id === id) ?? -1;
    return index < 0 ? undefined : index;
  });
  const focused = useAppState((state) => state.focusedDevice);
  const ready = useAppState((state) => state.run !== undefined);
  useEffect(() => {
    if (ready && wanted !== focused) commands.focus(wanted);
  }, [ready, wanted, focused, commands]);
}

/** How the fleet (or the opened file) stands: one sentence, six figures, and the panels of the registry. */
export function OverviewPage() {
  useFocusFromRoute();
  const { params } = useRoute();
  const devices = useAppState((state) => state.run?.catalog.devices);
  return (
    <div className={styles.overview}>
      <FirstSteps />
      <StatusBanner />
      {isMissing(params.device, devices) ? (
        <Panel title="The link">
          <MissingDevice
            id={params.device}
            known={devices}
            back={{
              label: 'Show the whole fleet',
              href: formatHash({ page: 'overview', params: { ...params, device: '' } }),
            }}
          />
        </Panel>
      ) : null}
      <KpiStrip />
      <div className={styles.grid}>
        {OVERVIEW_PANELS.map(({ id, name, columns, ownRowOnTablet, component: PanelOf }) => (
          <div key={id} className={cx(styles.slot, SPANS[columns], ownRowOnTablet && styles.ownRow)}>
            <ErrorBoundary name={name}>
              <PanelOf />
            </ErrorBoundary>
          </div>
        ))}
      </div>
    </div>
  );
}
