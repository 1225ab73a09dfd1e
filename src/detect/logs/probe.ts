import { err, ok, type Result } from '../../domain/result';
import { LOG_LEVELS, type LogLine, packLogLines } from '../../domain/telemetry';
import type { DetectError } from '../contract';
import type { LogBackend } from './autoencoder';
import { createLogPipeline } from './pipeline';

const PROBE_TEXTS = [
  'request GET /api/items/17 finished in 12 ms',
  'kernel: I/O error on device sda1, sector 1201',
  'user 42 logged in from 10.0.0.7',
  'java.lang.OutOfMemoryError: heap space exhausted',
  '',
];
const MAX_PROBED_TEMPLATES = 200;

/**
 * Loads a saved log model beside the active one and scores a fixed batch: a few lines at every level, and a line of each of the model's own
 * templates. Gives raw scores and rarities, all finite. Leaves no tensors. Errors: bad-model naming what is wrong.
 */
export async function probeLogModel(saved: unknown, backend: LogBackend): Promise<Result<Float32Array, DetectError>> {
  const config = { seed: 1, falseAlarmsPerDay: 1, samplesPerDay: 86_400, retrainEvery: 1e9, keepRows: 128 };
  const pipeline = createLogPipeline(config, backend);
  try {
    const loaded = await pipeline.load(saved);
    if (!loaded.ok) return loaded;
    const own = pipeline.templates().slice(0, MAX_PROBED_TEMPLATES);
    const texts = [...PROBE_TEXTS, ...own.map((template) => template.text.replaceAll('<*>', '7'))];
    const lines = texts.flatMap((message) => LOG_LEVELS.map((level): LogLine => ({ t: 0, device: 0, level, message })));
    const { raw, rarity } = pipeline.score(packLogLines(lines), 0, new Uint8Array(1));
    const scores = Float32Array.from([...raw, ...rarity]);
    const wrong = scores.findIndex((score) => !Number.isFinite(score));
    if (wrong >= 0) return err('bad-model', `probe line ${wrong % raw.length} scores ${scores[wrong]}`);
    return ok(scores);
  } finally {
    pipeline.dispose();
  }
}
