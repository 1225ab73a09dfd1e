import { formatDuration } from '../../format';
import type { ScenarioProgress } from './progress';

/** How far a scenario of durationS seconds is, in words. */
export function tellProgress({ phase, elapsedMs }: ScenarioProgress, durationS: number): string {
  if (phase === 'before') return 'learns from the time before it';
  if (phase === 'over') return `is over after ${formatDuration(durationS * 1000)}; the fleet goes on`;
  return `${elapsedMs < 1000 ? '0 s' : formatDuration(elapsedMs)} of ${formatDuration(durationS * 1000)}`;
}

/** What comes next and when. now: the data's clock, ms since 1970 UTC. */
export function tellNext({ next }: ScenarioProgress, now: number): string {
  if (next === undefined) return 'Nothing more is to come.';
  return `Next: ${next.label} in ${formatDuration(Math.max(1000, next.at - now))}`;
}
