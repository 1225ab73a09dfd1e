import { type ModelVersion, thresholdUnit } from '../../../domain/models';
import { Time } from '../../components/Time';
import { formatDuration, formatNumber, formatValue } from '../../format';
import layout from '../layout.module.css';
import styles from './models.module.css';

/** What stands in the list already, under its own name. */
const SHOWN = ['seed', 'rows', 'features'];

function otherParams(model: ModelVersion): [string, number | string][] {
  return Object.entries(model.params).filter(([label]) => !SHOWN.includes(label.toLowerCase()));
}

/** Evidence to two digits; scores and errors, which are below 1, to four. */
export function formatThreshold(model: ModelVersion): string {
  return formatNumber(model.rawThreshold, thresholdUnit(model) === 'factors of ten of evidence' ? 2 : 4);
}

/** What is known about a trained model without opening it. */
export function ModelFacts({ model }: { readonly model: ModelVersion }) {
  const unit = model.kind === 'metrics' ? 'samples' : 'lines';
  return (
    <>
      <dl className={layout.facts}>
        <dt>Version</dt>
        <dd>
          {model.version}, {model.origin === 'trained' ? 'trained here' : 'imported'}
        </dd>
        <dt>Trained</dt>
        <dd>
          <Time t={model.trainedAt} style="datetime" /> (app {model.appVersion})
        </dd>
        <dt>Trained on</dt>
        <dd>
          {formatNumber(model.rows)} {unit}
        </dd>
        <dt>Window</dt>
        <dd>
          <Time t={model.windowFrom} style="datetime" /> to <Time t={model.windowTo} style="datetime" /> (
          {formatDuration(model.windowTo - model.windowFrom)})
        </dd>
        {model.metricKeys.length === 0 ? null : (
          <>
            <dt>Metrics</dt>
            <dd>{model.metricKeys.join(', ')}</dd>
          </>
        )}
        <dt>Threshold</dt>
        <dd>
          {formatThreshold(model)} <span className={layout.quiet}>{thresholdUnit(model)}</span>
        </dd>
        <dt>Seed</dt>
        <dd>{model.seed}</dd>
        {otherParams(model).map(([label, value]) => (
          <div key={label} className={styles.pair}>
            <dt>{label.charAt(0).toUpperCase() + label.slice(1)}</dt>
            <dd>{typeof value === 'number' ? formatValue(value) : value}</dd>
          </div>
        ))}
      </dl>
      {model.featureNames.length === 0 ? null : (
        <details className={styles.features}>
          <summary>{formatNumber(model.featureNames.length)} features</summary>
          <ul className={styles.featureList}>
            {model.featureNames.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
