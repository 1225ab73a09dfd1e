import {
  type BreachForecast,
  type EngineState,
  type Frame,
  type LiveLogLine,
  MAX_FILE_POINTS,
  type RecordVerdict,
} from '../domain/frame';
import type { TelemetryChunk } from '../domain/records';
import type { Desk } from './desk';
import type { Detection } from './detection';
import { createFrameBuilder } from './frame-builder';
import type { SourceInfo } from './ports';
import type { RunState } from './run-state';
import { createTickTotals } from './tick-totals';
import { createTrends } from './trends';

const FORECAST_EVERY_MS = 1000;
/** Without news a frame is still sent now and then, so that states and clocks are true. */
const QUIET_FRAME_MS = 500;
/** A frame shows no more lines than that; of a larger batch only the last are decoded. */
const LINES_A_BATCH = 200;

export interface FrameInput {
  readonly run: RunState;
  readonly desk: Desk;
  readonly detection: Detection;
  readonly state: EngineState;
  readonly speed: number;
  readonly savedAt: number;
  readonly scoreboardRevision: number;
  readonly samplesPerSecond: number;
  readonly wallNow: number;
}

/** Collects what the page will draw and gives it out as frames. */
export interface Publisher {
  addPoint(t: number, device: number, values: ArrayLike<number>, flagged: boolean, score: number): void;
  endStep(t: number): void;
  addRecord(record: RecordVerdict): void;
  addLog(line: Omit<LiveLogLine, 'seq'>): void;
  firstLineWorthShowing(lines: number): number;
  /** Draws anew from stored chunks, with the history of the device that is focused from now on. Nothing is scored again. */
  redraw(chunks: readonly TelemetryChunk[], focus: number | undefined): void;
  readonly focused: number | undefined;
  /** The last point of a file may be unfinished. */
  endRun(): void;
  take(input: FrameInput): Frame | undefined;
}

export function createPublisher(info: SourceInfo): Publisher {
  const metricCount = info.catalog.metrics.length;
  const stride = Math.max(1, Math.ceil((info.totalSteps ?? 0) / MAX_FILE_POINTS));
  const builder = createFrameBuilder();
  const totals = createTickTotals(metricCount, stride);
  const trends = createTrends(info.catalog.metrics);
  let focused: number | undefined;
  let seq = 0;
  let forecasts: readonly BreachForecast[] = [];
  let forecastAt = 0;
  let sentAt = 0;
  let sentState = '';
  let reset = true;

  const endStep = (t: number): void => {
    const tick = totals.endStep(t);
    if (tick !== undefined) builder.addTick(tick);
  };

  return {
    addPoint: (t, device, values, flagged, score) => {
      totals.add(values, device, focused, flagged, score);
      trends.add(t, device, values);
    },
    endStep,
    addRecord: builder.addRecord,
    addLog: builder.addLog,
    firstLineWorthShowing: (lines) => Math.max(0, lines - LINES_A_BATCH),
    get focused() {
      return focused;
    },
    redraw: (chunks, focus) => {
      focused = focus;
      forecastAt = 0;
      reset = true;
      builder.dropTicks();
      for (const chunk of chunks) {
        for (let i = 0; i < chunk.n; i++) {
          const values = chunk.metrics.map((column) => column[i]);
          totals.add(values, chunk.device[i], focused, chunk.flagged[i] === 1, chunk.score[i]);
          if (i + 1 === chunk.n || chunk.t[i + 1] !== chunk.t[i]) endStep(chunk.t[i]);
        }
      }
    },
    endRun: () => {
      const tick = totals.flush();
      if (tick !== undefined) builder.addTick(tick);
    },
    take: (input) => {
      const { run, desk, detection, state, wallNow } = input;
      const stateText = JSON.stringify(state);
      if (!builder.hasNews && stateText === sentState && wallNow - sentAt < QUIET_FRAME_MS) return undefined;
      sentAt = wallNow;
      sentState = stateText;
      if (wallNow - forecastAt >= FORECAST_EVERY_MS) {
        forecastAt = wallNow;
        forecasts = trends.forecasts(run.catalog, focused);
      }
      const isReset = reset;
      reset = false;
      return {
        ...builder.take(metricCount),
        reset: isReset,
        runId: info.runId,
        runKind: info.kind,
        seq: seq++,
        state,
        now: run.now,
        speed: input.speed,
        fleet: {
          latest: run.latest.map((column) => column.slice()),
          score: run.score.slice(),
          state: desk.deviceStates(run),
          members: run.members.map((member) => ({ ...member, score: member.score.slice() })),
          confidence: run.confidence.slice(),
        },
        kpis: { ...run.counters, samplesPerSecond: input.samplesPerSecond },
        stability: desk.stability(run),
        forecasts,
        metricDetector: detection.metricState,
        logDetector: detection.logState,
        quarantined: [...run.blocked.keys()].filter((device) => run.blocked[device] === 1),
        savedAt: input.savedAt,
        scoreboardRevision: input.scoreboardRevision,
      };
    },
  };
}
