import type { MetricPipeline, PipelineConfig } from '../../src/detect/contract';
import type { LogBackend } from '../../src/detect/logs/autoencoder';
import { createLogPipeline } from '../../src/detect/logs/pipeline';
import { createMetricPipeline } from '../../src/detect/metrics/pipeline';
import { fileConfig, pipelineConfig } from '../../src/detect/pipeline-config';
import { deviceId, runId } from '../../src/domain/ids';
import { samplesPerDayAt } from '../../src/domain/sensitivity';
import { DEFAULT_SETTINGS } from '../../src/domain/settings';
import { LOG_LEVELS, type LogBatch, logMessage, sliceLogLines, type TelemetryBatch } from '../../src/domain/telemetry';
import { passGate } from '../../src/engine/gate';
import { inspectFile } from '../../src/ingest/inspect';
import { createParser } from '../../src/ingest/parse';
import { createSimulator, type Simulator } from '../../src/sim/simulator';
import { type Clock, type Figure, medianOf, secondsOf } from './figures';

const NOW = Date.UTC(2026, 0, 1);
const PARTS = 10;

function startFleet(devices: number): Simulator {
  const started = createSimulator({
    runId: runId('bench'),
    seed: 1,
    deviceCount: devices,
    ambientFaults: false,
    now: NOW,
    checkpoint: undefined,
  });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

/** As the engine opens a fleet's pipeline. */
function fleetConfig(stepMs: number): PipelineConfig {
  return pipelineConfig(DEFAULT_SETTINGS, { seed: 1, samplesPerDay: samplesPerDayAt(stepMs), kind: 'fleet' });
}

/** Rows in one batch, about: a second of a large fleet, or some of a small one. */
const BATCH_ROWS = 1000;

/**
 * The whole metric path of a fleet: gate, features, both detectors, calibration, explanation of what stands out. The pipeline has seen as
 * much history as the app gives it before it trains. Median over ten parts of the rows. `memory` gives the bytes in use: what the pipeline
 * holds after all of it.
 */
export function measureMetricPath(
  where: string,
  clock: Clock,
  devices: number,
  rows: number,
  memory?: () => number,
): { readonly figures: Figure[]; readonly pipeline: MetricPipeline } {
  const fleet = startFleet(devices);
  const info = fleet.info();
  const steps = Math.max(1, Math.round(BATCH_ROWS / devices));
  const healthy = new Uint8Array(devices);
  const before = memory?.() ?? 0;
  const pipeline = createMetricPipeline(info.catalog, fleetConfig(info.stepMs));
  for (let step = 0; step < info.warmUpSteps; step += steps) pipeline.score(fleet.pull(steps).metrics, 0, healthy);
  let trained = 'trained';
  const training = secondsOf(clock, () => {
    const done = pipeline.train();
    if (!done.ok) trained = done.error.message;
  });
  if (trained !== 'trained') throw new Error(trained);

  const seconds: number[] = [];
  const partRows = Math.ceil(rows / PARTS);
  let scored = 0;
  let flagged = 0;
  for (let part = 0; part < PARTS; part++) {
    const batches: TelemetryBatch[] = [];
    let waiting = 0;
    while (waiting < partRows) {
      const batch = fleet.pull(steps);
      batches.push(batch);
      waiting += batch.metrics.n;
    }
    const taken = secondsOf(clock, () => {
      for (const batch of batches) {
        const { metrics } = passGate(batch, healthy);
        const verdicts = pipeline.score(metrics, batch.seq, healthy);
        flagged += verdicts.explanations.length;
      }
    });
    scored += waiting;
    seconds.push(taken / waiting);
  }
  const what = `metric path, ${devices.toLocaleString('en-GB')} devices x 4 metrics`;
  const figures: Figure[] = [
    { where, what, value: 1 / medianOf(seconds), unit: 'samples/s', target: { kind: 'at least', value: 300_000 } },
    { where, what: `${what}: training`, value: training, unit: 's' },
    { where, what: `${what}: explained`, value: (1000 * flagged) / scored, unit: 'per 1,000 samples' },
  ];
  if (memory) {
    const bytes = memory() - before;
    figures.push({
      where,
      what: `${what}: memory`,
      value: bytes / 1e6,
      unit: 'MB',
      target: { kind: 'at most', value: 100 },
    });
  }
  return { figures, pipeline };
}

/** Lines of a fleet as a log file: time, level, host, message. */
function writeLogFile(lines: number): Uint8Array {
  const fleet = startFleet(200);
  const { catalog } = fleet.info();
  const text: string[] = [];
  while (text.length < lines) {
    const { logs } = fleet.pull(10);
    for (let i = 0; i < logs.n && text.length < lines; i++) {
      const level = LOG_LEVELS[logs.level[i]].toUpperCase();
      const host = catalog.devices[logs.device[i]]?.name ?? deviceId('?');
      text.push(`${new Date(logs.t[i]).toISOString()} ${level} ${host} ${logMessage(logs, i)}`);
    }
  }
  return new TextEncoder().encode(`${text.join('\n')}\n`);
}

function parseLogFile(bytes: Uint8Array): LogBatch {
  const plan = inspectFile(bytes.subarray(0, 65_536), { name: 'bench.log', bytes: bytes.length, latest: NOW });
  if (!plan.ok) throw new Error(plan.error.message);
  const parser = createParser(plan.value, plan.value.preview.mapping);
  if (!parser.ok) throw new Error(parser.error.message);
  parser.value.push(bytes);
  const parsed = parser.value.finish();
  if (!parsed.ok) throw new Error(parsed.error.message);
  if (parsed.value.kind !== 'logs') throw new Error(`the log file was read as ${parsed.value.kind}`);
  return parsed.value.logs;
}

const TRAIN_LINES = 20_000;
const LINE_BATCH = 2000;

/** The log path: a file's bytes to parsed, templated, encoded and scored lines; and the training of the autoencoder. */
export async function measureLogPath(
  where: string,
  clock: Clock,
  backend: LogBackend,
  lines: number,
): Promise<Figure[]> {
  const bytes = writeLogFile(lines + TRAIN_LINES);
  const parsing: number[] = [];
  let batch: LogBatch | undefined;
  for (let run = 0; run < 3; run++) {
    parsing.push(
      secondsOf(clock, () => {
        batch = parseLogFile(bytes);
      }),
    );
  }
  if (batch === undefined) throw new Error('nothing was parsed');
  const all = batch;
  // As live data: of a file nothing is kept for a second training.
  const pipeline = createLogPipeline(
    { ...fileConfig(DEFAULT_SETTINGS, 100, 'normal'), keepRows: TRAIN_LINES },
    backend,
  );
  const healthy = new Uint8Array(0x1_0000);
  const feed = (from: number, to: number): void => {
    for (let at = from; at < to; at += LINE_BATCH) {
      pipeline.score(sliceLogLines(all, at, Math.min(to, at + LINE_BATCH)), at, healthy);
    }
  };
  const train = async (): Promise<number> => {
    const start = clock();
    const trained = await pipeline.train(
      () => undefined,
      () => false,
    );
    if (!trained.ok) throw new Error(trained.error.message);
    return clock() - start;
  };
  feed(0, TRAIN_LINES);
  const training = [await train()];
  const tensors = backend.tensorCount();
  const part = Math.floor(lines / PARTS);
  const scoring: number[] = [];
  for (let k = 0; k < PARTS; k++) {
    const from = TRAIN_LINES + k * part;
    scoring.push(secondsOf(clock, () => feed(from, from + part)) / part);
  }
  training.push(await train(), await train());
  const grown = backend.tensorCount() - tensors;
  pipeline.dispose();
  const perLine = medianOf(parsing) / all.n + medianOf(scoring);
  const name = `log path (${backend.name})`;
  return [
    { where, what: name, value: 1 / perLine, unit: 'lines/s', target: { kind: 'at least', value: 100_000 } },
    { where, what: `${name}: parsing alone`, value: all.n / medianOf(parsing), unit: 'lines/s' },
    { where, what: `${name}: template, encode, score`, value: 1 / medianOf(scoring), unit: 'lines/s' },
    {
      where,
      what: `${name}: training on 20,000 lines`,
      value: medianOf(training),
      unit: 's',
      target: { kind: 'at most', value: 5 },
    },
    {
      where,
      what: `${name}: tensors left over by two more trainings`,
      value: grown,
      unit: '',
      target: { kind: 'at most', value: 0 },
    },
  ];
}
