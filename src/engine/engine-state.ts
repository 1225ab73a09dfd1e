import type { EngineState, Frame } from '../domain/frame';
import type { EngineContext } from './context';

/** Where the engine is, as the page names it: trouble first, then what the run is doing. */
export function describeState({ opened, trouble, settings, trainer, detection }: EngineContext): EngineState {
  if (opened === undefined) return { kind: 'starting' };
  const { run } = opened;
  if (trouble !== undefined) return { kind: 'degraded', why: trouble };
  if (run.finished) return { kind: 'finished' };
  if (!settings.metricsOn && !settings.logsOn) {
    return { kind: 'degraded', why: 'both detectors are switched off: nothing is scored' };
  }
  if (run.paused) return { kind: 'paused' };
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
