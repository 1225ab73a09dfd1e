import type { EngineState, Frame } from '../domain/frame';
import type { EngineContext } from './context';

/** Where the engine is, as the page names it: trouble first, then what the run is doing. */
export function describeState(context: EngineContext): EngineState {
  const { opened, trouble, settings, trainer, detection } = context;
  if (opened === undefined) return { kind: 'starting' };
  const { run } = opened;
  if (trouble !== undefined) return { kind: 'degraded', why: trouble };
  if (run.finished) return { kind: 'finished' };
  if (!settings.metricsOn && !settings.logsOn) {
    return { kind: 'degraded', why: 'both detectors are switched off: nothing is scored' };
  }
  if (run.paused) return { kind: 'paused' };
  // Stored models alone make no run: a restored fleet whose source is gone before its first sample is not running.
  const isRestoring = run.info.kind === 'fleet' && run.trained && run.stepsDone === 0;
  if (context.isHalfOpen || isRestoring) return { kind: 'starting' };
  if (trainer.isFirstTraining) {
    const { logState } = detection;
    return { kind: 'training', progress: logState.kind === 'training' ? logState.progress : 0 };
  }
  if (!run.trained)
    return { kind: 'warming-up', have: run.stepsDone, need: Math.max(run.info.warmUpSteps, run.stepsDone) };
  return { kind: 'running' };
}

/** The news since the last frame; undefined when there is none and nothing changed. */
export function takeFrame(context: EngineContext): Frame | undefined {
  if (context.opened === undefined) return undefined;
  const { run, desk, publisher, scores } = context.opened;
  const wallNow = context.deps.wallClock();
  return publisher.take({
    run,
    desk,
    detection: context.detection,
    state: describeState(context),
    speed: context.clock.speed,
    savedAt: context.keeper.savedAt,
    scoreboardRevision: scores.revision,
    samplesPerSecond: context.clock.samplesPerSecond(run, wallNow),
    wallNow,
  });
}
