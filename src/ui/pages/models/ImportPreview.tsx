import type { ModelFilePreview } from '../../../app/types';
import type { ModelVersion } from '../../../domain/models';
import { Button } from '../../components/Button';
import { Time } from '../../components/Time';
import { formatNumber } from '../../format';
import layout from '../layout.module.css';

interface ImportPreviewProps {
  readonly name: string;
  readonly preview: ModelFilePreview;
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** What a checked model file holds, before it becomes the active model. */
export function ImportPreview({ name, preview, busy, onConfirm, onCancel }: ImportPreviewProps) {
  return (
    <section className={`${layout.good} ${layout.form}`} aria-label={`Contents of ${name}`}>
      <dl className={layout.facts}>
        <dt>File</dt>
        <dd>{name}</dd>
        <dt>Written</dt>
        <dd>
          <Time t={preview.createdAt} style="datetime" /> by app {preview.appVersion}
        </dd>
        <dt>Metric model</dt>
        <dd>{inWords(preview.metrics, 'samples')}</dd>
        <dt>Log model</dt>
        <dd>{inWords(preview.logs, 'lines')}</dd>
        <dt>Probe batch</dt>
        <dd>
          {preview.probeDifference === 0
            ? 'scores are equal to the bit'
            : `scores differ by up to ${preview.probeDifference.toExponential(2)}`}
        </dd>
        <dt>SHA-256</dt>
        <dd className={layout.mono}>{preview.sha256}</dd>
      </dl>
      <div className={layout.buttons}>
        <Button variant="primary" disabled={busy} onClick={onConfirm}>
          Use these models
        </Button>
        <Button disabled={busy} onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </section>
  );
}

function inWords(model: ModelVersion | undefined, unit: string): string {
  if (model === undefined) return 'not in this file';
  return `version ${model.version}, ${formatNumber(model.rows)} ${unit}, ${formatNumber(model.featureNames.length)} features`;
}
