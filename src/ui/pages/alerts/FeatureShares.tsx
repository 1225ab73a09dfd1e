import type { AlertContribution } from '../../../domain/alerts';
import { formatNumber } from '../../format';
import styles from './alerts.module.css';
import { featureWords, splitFeatureName } from './feature-words';
import { percentShares } from './shares';

interface FeatureSharesProps {
  readonly contribution: AlertContribution;
  /** The metric's whole percent; the percents of its features add to it. */
  readonly percent: number;
}

/** A metric's part by feature, opened on demand. Nothing for alerts that were stored without. */
export function FeatureShares({ contribution, percent }: FeatureSharesProps) {
  const features = contribution.features ?? [];
  if (features.length === 0) return null;
  const percents = percentShares(
    features.map((feature) => feature.share),
    percent,
  );
  return (
    <details className={styles.byFeature}>
      <summary>By feature</summary>
      <table className={styles.features}>
        <thead>
          <tr>
            <th scope="col">Feature of {contribution.label}</th>
            <th scope="col">Value</th>
            <th scope="col">Part</th>
          </tr>
        </thead>
        <tbody>
          {features.map((feature, i) => (
            <tr key={feature.name}>
              <td>
                <FeatureName name={feature.name} />
              </td>
              <td>
                {feature.value > 0 ? '+' : ''}
                {formatNumber(feature.value, 1)} σ
              </td>
              <td>{percents[i]} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function FeatureName({ name }: { readonly name: string }) {
  const { metric, kind } = splitFeatureName(name);
  return (
    <>
      {kind === '' ? metric : kind} <span className={styles.featureWords}>{featureWords(kind)}</span>
    </>
  );
}
