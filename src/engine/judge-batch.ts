import type { EngineContext } from './context';

/** Holds what was just scored against the truth of the same time. An opened file has none: what was noted is forgotten. */
export async function judgeBatch({ deps, present, detection, settings }: EngineContext): Promise<void> {
  const { run, scores } = present;
  const { pending } = scores;
  if (pending === undefined) return;
  if (run.info.kind !== 'fleet') return scores.drop();
  try {
    const { from, to } = pending;
    const [truth, normalEvents] = await Promise.all([deps.truth.truth(from, to), deps.truth.normalEvents(from, to)]);
    const { faults, scenario } = run.info;
    scores.judge({
      truth,
      normalEvents,
      faults,
      thresholds: detection.thresholds(),
      settings,
      scenario: scenario?.id ?? '',
    });
  } finally {
    // A source that died takes the truth with it; what it was of must not be held against the next one's.
    scores.drop();
  }
}
