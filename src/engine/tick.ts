import { judgeSample } from '../detect/alarms';
import type { Alert, AlertContribution, AlertLogEvidence } from '../domain/alerts';
import type { Decision } from '../domain/decisions';
import type { RecordVerdict } from '../domain/frame';
import type { ModelKind } from '../domain/models';
import { anomalyScore } from '../domain/scores';
import type { Settings } from '../domain/settings';
import { LOG_LEVELS, type LogBatch, logMessage, type MetricBatch, type TelemetryBatch } from '../domain/telemetry';
import type { LogExplanation, LogVerdicts, MetricVerdicts } from '../domain/verdicts';
import { describeContributions, describeLogLine } from '../respond/evidence';
import { noteCompany } from './company';
import type { Desk } from './desk';
import type { Detection } from './detection';
import { passGate } from './gate';
import { joinPoints, type Point } from './points';
import type { Publisher } from './publisher';
import type { Recorder } from './recorder';
import { countRefused, holdLogRarity, type RunState } from './run-state';
import type { ScoreKeeper } from './scoreboard';
import { joinConfidence, keepVotes, listVotes, prepareMembers } from './votes';

export interface TickInput {
  readonly batch: TelemetryBatch;
  readonly run: RunState;
  readonly desk: Desk;
  readonly detection: Detection;
  readonly settings: Settings;
  readonly recorder: Recorder;
  readonly publisher: Publisher;
  readonly scores: Pick<ScoreKeeper, 'note' | 'noteRefused'>;
  readonly wallNow: number;
}

export interface TickOutcome {
  /** Alerts that are new or changed, each once, in their last form. */
  readonly alerts: readonly Alert[];
  readonly decisions: readonly Decision[];
  readonly retrainDue: readonly ModelKind[];
}

interface Scored {
  readonly metrics: MetricBatch;
  readonly metricVerdicts: MetricVerdicts;
  readonly logs: LogBatch;
  readonly logVerdicts: LogVerdicts;
}

/**
 * One batch through the loop, time step by time step: gate, both models, hybrid, alerts, decisions, recording. A device that is
 * quarantined in a step is refused from the next step on, in this same batch.
 */
export async function processBatch(input: TickInput): Promise<TickOutcome> {
  const { batch, run, desk, detection, publisher } = input;
  refreshQuarantine(run, desk);
  const gate = passGate(batch, run.blocked);
  // Nothing is counted before this has answered: where a scorer dies, the same batch comes again.
  const verdicts = await detection.score(gate.metrics, gate.logs, batch.seq, run.suspect);
  run.fileRanks?.add(gate.metrics, verdicts.metrics);
  run.counters.droppedRows += gate.dropped;
  for (const [device, rows] of gate.refused) countRefused(run, device, rows);
  for (const row of gate.refusedRows) {
    publisher.addRecord(refusedRecord(batch.metrics, row));
    input.scores.noteRefused(batch.metrics.device[row], batch.metrics.t[row]);
  }
  const scored = {
    metrics: gate.metrics,
    metricVerdicts: verdicts.metrics,
    logs: gate.logs,
    logVerdicts: verdicts.logs,
  };
  recordLines(input, scored);
  prepareMembers(run, scored.metricVerdicts.members, detection.thresholds());

  const alerts = new Map<string, Alert>();
  const decisions: Decision[] = [];
  let stepTime = Number.NaN;
  for (const point of joinPoints(scored.metrics, scored.metricVerdicts, scored.logs, scored.logVerdicts)) {
    if (point.t !== stepTime && !Number.isNaN(stepTime)) publisher.endStep(stepTime);
    stepTime = point.t;
    run.now = Math.max(run.now, point.t);
    const outcome = scorePoint(input, scored, point);
    for (const alert of outcome.alerts) alerts.set(alert.id, alert);
    if (outcome.decisions.length > 0) {
      decisions.push(...outcome.decisions);
      refreshQuarantine(run, desk);
    }
  }
  if (!Number.isNaN(stepTime)) publisher.endStep(stepTime);
  const lastTime =
    batch.metrics.n > 0 ? batch.metrics.t[batch.metrics.n - 1] : batch.logs.n > 0 ? batch.logs.t[batch.logs.n - 1] : 0;
  run.now = Math.max(run.now, lastTime);

  const retrainDue: ModelKind[] = [];
  if (verdicts.metrics.retrainDue) retrainDue.push('metrics');
  if (verdicts.logs.retrainDue) retrainDue.push('logs');
  return { alerts: [...alerts.values()], decisions, retrainDue };
}

/** Who is refused is computed from the decisions, never stored twice. */
export function refreshQuarantine(run: RunState, desk: Desk): void {
  run.blocked.fill(0);
  for (const entry of desk.entries(run)) {
    const device = run.deviceIndex.get(entry.deviceId);
    if (device !== undefined) run.blocked[device] = 1;
  }
}

function scorePoint(input: TickInput, scored: Scored, point: Point): Pick<TickOutcome, 'alerts' | 'decisions'> {
  const { run, desk, settings, recorder, publisher, detection } = input;
  const { device, t } = point;
  if (run.blocked[device] === 1) {
    countRefused(run, device, 1);
    input.scores.noteRefused(device, t);
    if (point.row >= 0) publisher.addRecord(refusedRecord(scored.metrics, point.row));
    return { alerts: [], decisions: [] };
  }
  const values = valuesOf(scored.metrics, point.row);
  const line = { rarity: point.logRarity, members: explainedLine(scored, point.lines[0])?.members };
  const logRarity = holdLogRarity(run, device, line, t);
  const thresholds = detection.thresholds();
  noteCompany(run, point, scored, thresholds.log);
  const lines = evidenceLines(scored, point);
  if (lines.length > 0 && run.logHold[device].at === t) run.heldLogLines[device] = lines;
  const verdict = judgeSample(t, { metricRarity: point.metricRarity, logRarity, settings, thresholds });
  const metricScore = anomalyScore(point.metricRarity);
  const logScore = anomalyScore(logRarity);

  run.score[device] = verdict.score;
  run.lastSeen[device] = t;
  run.recent.add(device, t, values);
  keepVotes(run, device, { members: scored.metricVerdicts.members, row: point.row, logScore });
  run.confidence[device] = confidenceOf(input, scored, point, logRarity);
  values.forEach((value, m) => {
    run.latest[m][device] = value;
  });
  run.counters.samples++;
  if (verdict.flagged) run.counters.flagged++;
  recorder.addSample({ t, device, values, metricScore, logScore, score: verdict.score, flagged: verdict.flagged });
  publisher.addPoint(t, device, values, verdict.flagged, verdict.score);
  publisher.addRecord({
    t,
    device,
    values,
    metricScore,
    logScore,
    score: verdict.score,
    verdict: Number.isNaN(verdict.score) ? 'warming-up' : verdict.flagged ? 'anomaly' : 'normal',
  });
  if (run.stepsDone < run.quietSteps) return { alerts: [], decisions: [] };
  const { hybrid, flagged, score } = verdict;
  input.scores.note({ t, device, metricRarity: point.metricRarity, logRarity, hybrid, flagged, score });
  return desk.observe({
    run,
    device,
    sample: verdict,
    evidence: () => ({
      t,
      score: verdict.score,
      hybrid: verdict.hybrid,
      alarmAt: settings.alarmAt,
      metricScore,
      logScore,
      members: listVotes(
        scored.metricVerdicts.members,
        point.row,
        Number.isNaN(logRarity) ? [] : (run.heldLogMembers[device] ?? []),
        thresholds,
      ),
      confidence: run.confidence[device],
      contributions: contributionsOf(input, scored, point),
      logs: lines.length > 0 || Number.isNaN(logRarity) ? lines : (run.heldLogLines[device] ?? []),
    }),
    wallNow: input.wallNow,
  });
}

const NO_LINES: readonly AlertLogEvidence[] = [];

function contributionsOf(input: TickInput, scored: Scored, point: Point): readonly AlertContribution[] {
  const explanation = scored.metricVerdicts.explanations.find((entry) => entry.row === point.row);
  if (explanation === undefined) return [];
  const { catalog, recent } = input.run;
  return describeContributions(explanation.contributions, catalog.metrics, ({ metric, actual, typical, z }) =>
    recent.departedSince(point.device, metric, { actual, typical, deviation: (actual - typical) / z }),
  );
}

function confidenceOf(input: TickInput, scored: Scored, point: Point, logRarity: number): number {
  const thresholds = input.detection.thresholds();
  const ofMetrics = point.row < 0 ? Number.NaN : (scored.metricVerdicts.confidence?.[point.row] ?? Number.NaN);
  return joinConfidence(
    { rarity: point.metricRarity, threshold: thresholds.metric, confidence: ofMetrics },
    { rarity: logRarity, threshold: thresholds.log, confidence: scored.logVerdicts.confidence ?? Number.NaN },
    input.settings,
  );
}

function explainedLine(scored: Scored, line: number | undefined): LogExplanation | undefined {
  return scored.logVerdicts.explanations.find((entry) => entry.line === line);
}

/** Lines of this point that are at all unusual: at or above the lowest severity band, that is, explained. */
function evidenceLines(scored: Scored, point: Point): readonly AlertLogEvidence[] {
  if (point.lines.length === 0 || scored.logVerdicts.explanations.length === 0) return NO_LINES;
  return point.lines.flatMap((line) => {
    const explanation = explainedLine(scored, line);
    if (explanation === undefined) return [];
    return describeLogLine({
      t: scored.logs.t[line],
      level: LOG_LEVELS[scored.logs.level[line]],
      message: logMessage(scored.logs, line),
      score: anomalyScore(scored.logVerdicts.rarity[line]),
      explanation,
    });
  });
}

function recordLines(input: TickInput, scored: Scored): void {
  const { logs, logVerdicts } = scored;
  if (logs.n === 0) return;
  const score = Float32Array.from(logVerdicts.rarity, anomalyScore);
  input.run.counters.logLines += logs.n;
  input.recorder.addLines(logs, logVerdicts.template, score);
  for (let line = input.publisher.firstLineWorthShowing(logs.n); line < logs.n; line++) {
    const templateId = logVerdicts.template[line];
    input.publisher.addLog({
      t: logs.t[line],
      device: logs.device[line],
      level: LOG_LEVELS[logs.level[line]],
      message: logMessage(logs, line),
      template: input.detection.templates.get(templateId)?.text ?? '',
      templateId,
      score: score[line],
    });
  }
}

function valuesOf(metrics: MetricBatch, row: number): number[] {
  return row < 0 ? [] : metrics.metrics.map((column) => column[row]);
}

function refusedRecord(metrics: MetricBatch, row: number): RecordVerdict {
  return {
    t: metrics.t[row],
    device: metrics.device[row],
    values: valuesOf(metrics, row),
    metricScore: Number.NaN,
    logScore: Number.NaN,
    score: Number.NaN,
    verdict: 'refused',
  };
}
