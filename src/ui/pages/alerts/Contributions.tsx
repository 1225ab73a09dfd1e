import { ArrowDown, ArrowUp } from 'lucide-react';
import type { AlertContribution } from '../../../domain/alerts';
import { formatNumber, formatValue } from '../../format';
import layout from '../layout.module.css';
import styles from './alerts.module.css';
import { percentShares } from './shares';

const FAR = 1000;

/** Each metric's part in the alert, in whole percents that add to 100, with what was seen and what is typical. */
export function Contributions({ contributions }: { readonly contributions: readonly AlertContribution[] }) {
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
