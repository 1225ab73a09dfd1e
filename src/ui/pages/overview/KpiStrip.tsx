import type { Frame } from '../../../domain/frame';
import { Stat } from '../../components/Stat';
import { formatCount, formatNumber, formatPercent, formatValue } from '../../format';
import { useApp, useAppState, useLive } from '../../hooks';
import { lowerFirst, meanLatest } from '../../panels/live-data';
import styles from './overview.module.css';

const UNSCORED: ReadonlySet<Frame['state']['kind']> = new Set(['starting', 'warming-up', 'training']);

/** The run in six figures. */
export function KpiStrip() {
  useLive(2);
  const { store } = useApp();
  const metrics = useAppState((state) => state.run?.catalog.metrics);
  const frame = store.getState().frame;
  const kpis = frame?.kpis;
  // Before anything is scored a rate of 0 would be said of samples that nothing has looked at.
  const isScoring = frame !== undefined && !UNSCORED.has(frame.state.kind);
  const rate = !isScoring || kpis === undefined || kpis.samples === 0 ? undefined : kpis.flagged / kpis.samples;
  const devices = useAppState((state) => state.run?.catalog.devices.length);
  // A log has no metrics, and many a file only one: their places tell what there is instead.
  const instead = [
    { label: 'Alerts', value: kpis?.alerts, hint: 'of this run' },
    { label: 'Devices', value: devices, hint: 'that wrote' },
  ];
  const means = [0, 1].map((index) => {
    const metric = metrics?.[index];
    if (metrics !== undefined && metric === undefined) return { ...instead[index], unit: '' };
    return {
      hint: 'over all devices, now',
      label: metric === undefined ? (index === 0 ? 'Mean CPU' : 'Mean memory') : `Mean ${lowerFirst(metric.label)}`,
      value: frame === undefined || metric === undefined ? undefined : meanLatest(frame, index),
      unit: metric?.unit ?? '',
    };
  });
  return (
    <div className={styles.kpis}>
      <Stat
        label="Events"
        value={formatCount(kpis === undefined ? undefined : kpis.samples + kpis.logLines)}
        hint={kpis === undefined ? '' : tellEvents(kpis, frame?.state.kind === 'running')}
      />
      <Stat
        label="Anomalies"
        value={formatCount(kpis?.flagged)}
        hint={
          kpis === undefined ? '' : `samples, ${formatNumber(kpis.alerts)} ${kpis.alerts === 1 ? 'alert' : 'alerts'}`
        }
      />
      <Stat
        label="Anomaly rate"
        value={formatPercent(rate, 2)}
        hint={kpis === undefined ? '' : isScoring ? 'of all samples' : 'known once scores come'}
      />
      {means.map(({ label, value, unit, hint }) => (
        <Stat
          key={label}
          label={label}
          value={formatValue(value)}
          unit={value === undefined ? '' : unit}
          hint={value === undefined ? '' : hint}
        />
      ))}
      <Stat
        label="Refused"
        value={formatCount(kpis?.refusedSamples)}
        hint={kpis === undefined ? '' : `samples in ${formatCount(kpis.refusedBatches)} batches`}
      />
    </div>
  );
}

/** How fast they come; of what came, how much is log lines. */
function tellEvents({ samplesPerSecond, logLines }: Frame['kpis'], isRunning: boolean): string {
  return isRunning ? `${formatCount(samplesPerSecond)} samples a second` : `${formatCount(logLines)} are log lines`;
}
