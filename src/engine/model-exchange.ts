import { stripForFile } from '../detect/metrics/pipeline-saved';
import { decodeModelFile, encodeModelFile } from '../detect/model-file';
import type { SavedModel } from '../domain/models';
import { err, ok, type Result } from '../domain/result';
import type { LogScorer, MetricScorer } from './ports';

export interface ModelPair {
  readonly metrics: SavedModel | undefined;
  readonly logs: SavedModel | undefined;
}

export interface CheckedModelFile extends ModelPair {
  readonly createdAt: number;
  readonly appVersion: string;
  readonly sha256: string;
  /** Largest difference in raw scores between two loads on the probe batch; 0 = equal to the bit. */
  readonly probeDifference: number;
}

export type Sha256 = (bytes: Uint8Array) => Promise<string>;

/** Both active models as the text of one `*.model.json`. Errors: `no-model` before the first training. */
export async function exportModelFile(
  models: ModelPair,
  createdAt: number,
  appVersion: string,
  sha256: Sha256,
): Promise<Result<string>> {
  if (models.metrics === undefined && models.logs === undefined) {
    return err('no-model', 'there is no trained model to export yet: the detectors are still warming up');
  }
  return ok(await encodeModelFile({ ...models, metrics: ofAnyDevices(models.metrics), createdAt, appVersion }, sha256));
}

/**
 * Checks everything before anything is used: form, digest, then each content by loading it beside the active model and scoring the
 * probe batch twice. Errors name what is wrong and where.
 */
export async function checkModelFile(
  text: string,
  sha256: Sha256,
  scorers: { readonly metric: MetricScorer; readonly log: LogScorer },
): Promise<Result<CheckedModelFile>> {
  const decoded = await decodeModelFile(text, sha256);
  if (!decoded.ok) return decoded;
  const { metrics, logs } = decoded.value;
  let probeDifference = 0;
  for (const [scorer, model] of [
    [scorers.metric, metrics],
    [scorers.log, logs],
  ] as const) {
    if (model === undefined) continue;
    const first = await scorer.probe(model.content);
    if (!first.ok) return err('bad-model', `${model.info.kind}: ${first.error.message}`);
    const second = await scorer.probe(model.content);
    if (!second.ok) return err('bad-model', `${model.info.kind}: ${second.error.message}`);
    probeDifference = Math.max(probeDifference, largestDifference(first.value, second.value));
  }
  return ok({ ...decoded.value, metrics: ofAnyDevices(metrics), logs, probeDifference });
}

function ofAnyDevices(model: SavedModel | undefined): SavedModel | undefined {
  return model && { ...model, content: stripForFile(model.content) };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let i = 0; i < Math.min(a.length, b.length); i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
