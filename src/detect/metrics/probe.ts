import { type Catalog, MAX_METRICS } from '../../domain/catalog';
import { deviceId } from '../../domain/ids';
import { createRandom } from '../../domain/random';
import { err, ok, type Result } from '../../domain/result';
import { SLOW_SAMPLES_PER_DAY } from '../../domain/sensitivity';
import type { MetricBatch } from '../../domain/telemetry';
import type { DetectError, PipelineConfig } from '../contract';
import { readNames } from '../read-saved';
import { featureKinds } from './features';
import { createMetricPipeline } from './pipeline';

const ROWS = 64;
const DEVICES = 2;
const CONFIG = { seed: 1, falseAlarmsPerDay: 1, samplesPerDay: 86_400, retrainEvery: 1_000_000, keepRows: 256 };

/**
 * Loads a saved model beside the active one, into a fresh pipeline for the metrics that it names, and scores a fixed seeded batch: the raw
 * scores of all members, member after member. Errors: bad-model naming the field, or the first score that is not finite.
 */
export function probeMetricModel(saved: unknown): Result<Float32Array, DetectError> {
  const named = typeof saved === 'object' && saved !== null && 'metrics' in saved ? saved.metrics : undefined;
  const keys = readNames(named, 'model.metrics', MAX_METRICS);
  if (!keys.ok) return keys;
  const pipeline = createMetricPipeline(catalogOf(keys.value), probeConfig(saved, keys.value.length));
  const loaded = pipeline.load(saved);
  if (!loaded.ok) return loaded;
  const { members } = pipeline.score(probeBatch(keys.value.length), 0, new Uint8Array(DEVICES));
  const raw = Float32Array.from(members.flatMap((member) => [...member.raw]));
  const wrong = raw.findIndex((score) => !Number.isFinite(score));
  return wrong < 0 ? ok(raw) : err('bad-model', `the model scores probe row ${wrong % ROWS} as ${raw[wrong]}`);
}

/** A model of slow data has fewer features than a live one of so few metrics; of many metrics both have the same. */
function probeConfig(saved: unknown, metrics: number): PipelineConfig {
  const names = typeof saved === 'object' && saved !== null && 'featureNames' in saved ? saved.featureNames : [];
  const slow = Array.isArray(names) && names.length === metrics * featureKinds(metrics, 'slow').length;
  return { ...CONFIG, samplesPerDay: slow ? SLOW_SAMPLES_PER_DAY : CONFIG.samplesPerDay };
}

function catalogOf(keys: readonly string[]): Catalog {
  const device = (i: number): Catalog['devices'][number] => ({
    id: deviceId(`probe-${i}`),
    name: `probe-${i}`,
    region: '',
    city: '',
    country: '',
    latitude: Number.NaN,
    longitude: Number.NaN,
    role: '',
  });
  return {
    devices: Array.from({ length: DEVICES }, (_, i) => device(i)),
    metrics: keys.map((key) => ({
      key,
      label: key,
      unit: '',
      min: Number.NEGATIVE_INFINITY,
      max: Number.POSITIVE_INFINITY,
    })),
  };
}

function probeBatch(metricCount: number): MetricBatch {
  const random = createRandom(1, 'metric probe');
  return {
    n: ROWS,
    t: Float64Array.from({ length: ROWS }, (_, i) => Math.floor(i / DEVICES) * 1000),
    device: Uint16Array.from({ length: ROWS }, (_, i) => i % DEVICES),
    metrics: Array.from({ length: metricCount }, () =>
      Float32Array.from({ length: ROWS }, () => 50 + 20 * random.normal()),
    ),
  };
}
