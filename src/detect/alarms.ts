import { combine, type HybridInput, type HybridVerdict } from './hybrid';
import {
  ENORMOUS_SCORE,
  type IntervalEvent,
  type IntervalRules,
  type IntervalSample,
  type IntervalState,
  stepInterval,
} from './intervals';

/** One sample as its device's interval takes it, and the hybrid verdict behind it. */
export type Judgement = HybridVerdict & IntervalSample;

/** Both members' say on one sample at time t, joined, and whether it opens an interval at once. */
export function judgeSample(t: number, input: HybridInput): Judgement {
  const { hybrid, flagged, score } = combine(input);
  return { hybrid, flagged, score, t, enormous: flagged && score >= ENORMOUS_SCORE };
}

/**
 * One sample further. `suspect`: the device's interval is open or about to, so that nothing may be learned from it. Engine and benchmarks
 * decide by this alone.
 */
export function stepAlarm(
  before: IntervalState,
  sample: IntervalSample,
  rules: IntervalRules,
): { readonly state: IntervalState; readonly event: IntervalEvent; readonly suspect: boolean } {
  const { state, event } = stepInterval(before, sample, rules);
  return { state, event, suspect: state.interval?.open === true || state.recent.some((entry) => entry.flagged) };
}
