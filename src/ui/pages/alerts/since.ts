/** From so many robust standard deviations on a value counts as departed from typical. */
export const DEPARTED_SD = 2;
/** Samples that may be back to typical in between: noise, not the end of the departure. */
const MAX_PAUSE = 3;

export interface Departure {
  /** ms since 1970 UTC of the data's clock: the first sample of the departure that the peak belongs to. */
  readonly t: number;
  /** It began before what is stored: it has lasted for at least so long. */
  readonly isCut: boolean;
}

/**
 * Since when a metric had left its typical value, in the direction of the peak: walks back from the peak as long as the value is at least
 * DEPARTED_SD robust deviations away. t: ms, ascending; values: in the metric's unit, NaN = missing (neither departed nor back).
 * Undefined where the peak's own value is not that far away (another feature spoke), nothing is stored, or the deviation is not known.
 */
export function departedSince(
  t: ArrayLike<number>,
  values: ArrayLike<number>,
  peak: { readonly at: number; readonly actual: number; readonly typical: number; readonly z: number },
): Departure | undefined {
  const deviation = Math.abs((peak.actual - peak.typical) / peak.z);
  if (!Number.isFinite(deviation)) return undefined;
  const direction = Math.sign(peak.z);
  let last = t.length - 1;
  while (last >= 0 && t[last] > peak.at) last--;
  let first = -1;
  let pause = 0;
  for (let i = last; i >= 0 && pause <= MAX_PAUSE; i--) {
    if (Number.isNaN(values[i])) continue;
    if (direction * (values[i] - peak.typical) >= DEPARTED_SD * deviation) {
      first = i;
      pause = 0;
    } else if (first < 0) return undefined;
    else pause++;
  }
  return first < 0 ? undefined : { t: t[first], isCut: first === 0 };
}
