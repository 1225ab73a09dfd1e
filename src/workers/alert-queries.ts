import type { Alert } from '../domain/alerts';
import type { Catalog } from '../domain/catalog';
import type { AlertId } from '../domain/ids';
import { err, ok, type Result } from '../domain/result';
import type { Engine } from '../engine/engine';
import type { MetricScorer, Store } from '../engine/ports';
import type { AlertSamples, AlertTrace } from './api';

/** The present forest's trees that are asked for: all of them, so that the typical sample can be shown in the same trees. */
const ALL_TREES = 1000;
/** Samples around an alert: before its opening, after its end, and most before and after its peak. */
const LEAD_STEPS = 120;
const TAIL_STEPS = 30;
const MAX_BEFORE_PEAK = 900;
const MAX_AFTER_PEAK = 300;
/** Rows of all devices that one question may read from storage; a large fleet gets a shorter window. */
const MAX_ROWS_READ = 2_000_000;
const MIN_STEPS = 60;
const DEFAULT_STEP_MS = 1000;

/**
 * How the present forest sees an alert's peak sample, from the features that the alert keeps, beside a typical sample of the device in the
 * same trees. Errors: `no-alert`; `no-features` where the metric model had no part in it or it was stored without; `no-forest` before training;
 * `other-metrics` where the present model is for other metrics.
 */
export async function traceAlert(
  { store, engine, metric }: { readonly store: Store; readonly engine: Engine; readonly metric: MetricScorer },
  id: AlertId,
): Promise<Result<AlertTrace>> {
  const alert = await findAlert(store, engine, id);
  if (alert === undefined) return err('no-alert', `there is no alert ${id}`);
  const kept = featuresOf(alert);
  if (kept.size === 0) {
    return err(
      'no-features',
      'no features are kept of this alert: its log lines raised it, or it is older than they are',
    );
  }
  const typical = await metric.tracePaths({ of: 'typical' }, ALL_TREES);
  if (typical === undefined) return err('no-forest', 'there is no trained forest yet');
  const names = typical.featureNames;
  if (![...kept.keys()].every((name) => names.includes(name))) {
    return err(
      'other-metrics',
      `the present model is for other metrics: it does not know ${[...kept.keys()].find((name) => !names.includes(name))}`,
    );
  }
  // What is missing counts as typical, as when it was scored.
  const features = Float32Array.from(names, (name) => kept.get(name) ?? 0);
  const sample = await metric.tracePaths({ of: 'features', features });
  if (sample === undefined) return err('other-metrics', 'the features of this alert do not fit the present model');
  const shown = new Set(sample.paths.map((path) => path.tree));
  return ok({
    sample,
    typical: { ...typical, paths: typical.paths.filter((path) => shown.has(path.tree)) },
    scoreThen: alert.members?.find((member) => member.id === 'isolation-forest')?.score,
    model: engine.detection.active('metrics')?.info,
    isPresentRun: alert.runId === engine.run.info.runId,
  });
}

/** Scaled features by name, as they stand in a model's list. */
function featuresOf(alert: Alert): Map<string, number> {
  return new Map(
    alert.contributions.flatMap(({ features }) => (features ?? []).map(({ name, value }) => [name, value] as const)),
  );
}

/**
 * The stored samples of an alert's device around it, oldest first: two minutes before it (at a sample a second), the way to its peak and a
 * little of what followed. Empty where nothing of it is stored any more. Errors: `no-alert`.
 */
export async function alertSamples(store: Store, engine: Engine, id: AlertId): Promise<Result<AlertSamples>> {
  await engine.flush();
  const alert = await findAlert(store, engine, id);
  if (alert === undefined) return err('no-alert', `there is no alert ${id}`);
  const run = await runOf(store, engine, alert);
  const device = run?.catalog.devices.findIndex((one) => one.id === alert.deviceId) ?? -1;
  if (run === undefined || device < 0)
    return ok({ metrics: [], t: new Float64Array(0), values: [], score: new Float32Array(0) });
  const { catalog, stepMs } = run;
  const steps = Math.max(MIN_STEPS, Math.floor(MAX_ROWS_READ / Math.max(1, catalog.devices.length)));
  const before = Math.min(MAX_BEFORE_PEAK, steps);
  const after = Math.min(MAX_AFTER_PEAK, steps);
  const from = Math.max(alert.openedAt - LEAD_STEPS * stepMs, alert.peakAt - before * stepMs);
  const to = Math.min((alert.closedAt ?? alert.lastAt) + TAIL_STEPS * stepMs, alert.peakAt + after * stepMs);
  const rows: { readonly chunk: number; readonly row: number }[] = [];
  const chunks = await store.telemetry(alert.runId, from, to);
  chunks.forEach((chunk, c) => {
    for (let row = 0; row < chunk.n; row++) {
      if (chunk.device[row] === device && chunk.t[row] >= from && chunk.t[row] <= to) rows.push({ chunk: c, row });
    }
  });
  return ok({
    metrics: catalog.metrics.map((metric) => metric.key),
    t: Float64Array.from(rows, ({ chunk, row }) => chunks[chunk].t[row]),
    values: catalog.metrics.map((_, m) =>
      Float32Array.from(rows, ({ chunk, row }) => chunks[chunk].metrics[m]?.[row] ?? Number.NaN),
    ),
    score: Float32Array.from(rows, ({ chunk, row }) => chunks[chunk].score[row]),
  });
}

async function findAlert(store: Store, engine: Engine, id: AlertId): Promise<Alert | undefined> {
  return engine.desk.find(id) ?? store.alert(id);
}

interface RunFacts {
  readonly catalog: Catalog;
  readonly stepMs: number;
}

/** The present run, or what is stored of another, whose step is told from the spacing of the alert's flagged samples. */
async function runOf(store: Store, engine: Engine, alert: Alert): Promise<RunFacts | undefined> {
  const { run } = engine;
  if (alert.runId === run.info.runId) return { catalog: run.catalog, stepMs: run.info.stepMs };
  const stored = await store.run(alert.runId);
  if (stored === undefined) return undefined;
  const spacing = alert.flagged > 1 ? (alert.lastAt - alert.openedAt) / (alert.flagged - 1) : 0;
  return { catalog: stored.catalog, stepMs: spacing > 0 ? spacing : DEFAULT_STEP_MS };
}
