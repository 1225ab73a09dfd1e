import { ArrowDown, ArrowUp } from 'lucide-react';
import type { AlertSamples } from '../../../app/types';
import type { Alert, AlertContribution } from '../../../domain/alerts';
import { Sparkline } from '../../components/Sparkline';
import { Time } from '../../components/Time';
import { formatDuration, formatNumber, formatValue } from '../../format';
import layout from '../layout.module.css';
import styles from './alerts.module.css';
import { FeatureShares } from './FeatureShares';
import { percentShares } from './shares';

const FAR = 1000;

interface ContributionsProps {
  readonly alert: Alert;
  /** What the device reported around the alert; undefined where nothing is stored (any more). */
  readonly samples: AlertSamples | undefined;
}

/** Each metric's part in the alert, in whole percents that add to 100, with what was seen, what is typical, since when, and by which features. */
export function Contributions({ alert, samples }: ContributionsProps) {
  const { contributions } = alert;
  const percents = percentShares(contributions.map((contribution) => contribution.share));
  const silent = percents.filter((percent) => percent === 0).length;
  return (
    <section className={layout.section} aria-label="Contributions of the metrics">
      <h3 className={layout.heading}>Which metrics spoke (100 %)</h3>
      {contributions.length === 0 ? (
        <p className={layout.note}>The metric model had no part in this alert.</p>
      ) : (
        <ul className={styles.contributions}>
          {contributions.map((contribution, i) =>
            percents[i] === 0 ? null : (
              <li key={contribution.metric} className={styles.contribution}>
                <div className={styles.contributionHead}>
                  <span className={layout.strong}>{contribution.label}</span>
                  <span className={layout.strong}>{percents[i]} %</span>
                </div>
                <div className={styles.bar} aria-hidden="true">
                  <div className={styles.barFill} style={{ width: `${percents[i]}%` }} />
                </div>
                <p className={styles.contributionWords}>
                  <Direction z={contribution.z} /> {formatValue(contribution.actual, contribution.unit)}, typically{' '}
                  {formatValue(contribution.typical, contribution.unit)} ({deviations(contribution.z)},{' '}
                  {signed(contribution.slopePerMinute, 2)} {contribution.unit}/min)
                </p>
                <Peers contribution={contribution} />
                <Since contribution={contribution} peakAt={alert.peakAt} />
                <RawPoints alert={alert} contribution={contribution} samples={samples} />
                <FeatureShares contribution={contribution} percent={percents[i]} />
              </li>
            ),
          )}
        </ul>
      )}
      {silent === 0 ? null : (
        <p className={layout.note}>
          {silent === 1 ? 'One metric' : `${formatNumber(silent)} metrics`} with less than 1 % each left out.
        </p>
      )}
    </section>
  );
}

/** Whether the device is alone in its trouble or its role moves as a whole. */
function Peers({ contribution }: { readonly contribution: AlertContribution }) {
  const { peers } = contribution;
  if (peers === undefined) return null;
  return (
    <p className={styles.contributionWords}>
      Against the median of its {formatNumber(peers.count)} peers in the same role: {deviations(peers.z)}
    </p>
  );
}

function Since({ contribution, peakAt }: { readonly contribution: AlertContribution; readonly peakAt: number }) {
  const { since } = contribution;
  if (since === undefined) return null;
  return (
    <p className={styles.contributionWords}>
      Away from typical since <Time t={since} />
      {peakAt > since ? `, ${formatDuration(peakAt - since)} before the peak` : ''}
    </p>
  );
}

interface RawPointsProps extends ContributionsProps {
  readonly contribution: AlertContribution;
}

function RawPoints({ alert, contribution, samples }: RawPointsProps) {
  const values = samples?.values[samples.metrics.indexOf(contribution.metric)];
  if (samples === undefined || values === undefined || samples.t.length < 2) return null;
  const { label, unit, typical } = contribution;
  const known = values.filter((value) => !Number.isNaN(value));
  const low = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const span = `${formatValue(low, unit)} to ${formatValue(high, unit)}`;
  return (
    <figure className={styles.points}>
      <Sparkline
        label={`${label}: ${formatNumber(samples.t.length)} samples around the alert, ${span}, typically ${formatValue(typical, unit)}`}
        t={samples.t}
        values={values}
        typical={typical}
        from={alert.openedAt}
        to={alert.closedAt ?? alert.lastAt}
      />
      <figcaption className={styles.pointsWords} aria-hidden="true">
        <span>
          <Time t={samples.t[0]} />
        </span>
        <span>{span}</span>
        <span>
          <Time t={samples.t[samples.t.length - 1]} />
        </span>
      </figcaption>
    </figure>
  );
}

function Direction({ z }: { readonly z: number }) {
  if (!Number.isFinite(z) || z === 0) return null;
  const Icon = z > 0 ? ArrowUp : ArrowDown;
  return <Icon className={styles.direction} aria-label={z > 0 ? 'above typical' : 'below typical'} role="img" />;
}

/** A metric that hardly ever moves has a spread of next to nothing: beyond a thousand the number says no more. */
function deviations(z: number): string {
  return Math.abs(z) > FAR ? `over ${formatNumber(FAR)} σ` : `${signed(z, 1)} σ`;
}

function signed(value: number, digits: number): string {
  return `${value > 0 ? '+' : ''}${formatNumber(value, digits)}`;
}
