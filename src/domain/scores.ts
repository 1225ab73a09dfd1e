/**
 * Rarity of a sample: -log10 of the probability that a normal sample scores at least as high. >= 0, capped at MAX_RARITY;
 * NaN = not scorable (warming up, or not a number). Equal rarity means equally rare, whichever detector said so.
 */
export const MAX_RARITY = 12;

/** Anomaly score 0..100: ten points for each factor of ten in rarity. NaN stays NaN. Fixed, monotone, the same for all detectors. */
export function anomalyScore(rarity: number): number {
  return Math.min(100, Math.max(0, rarity * 10));
}

export const SEVERITIES = ['warning', 'minor', 'major', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Lower bounds of the severity bands on the anomaly score. */
export const SEVERITY_BANDS: Readonly<Record<Severity, number>> = { warning: 25, minor: 50, major: 75, critical: 90 };

/** The band that a score falls in; undefined below the lowest band or for NaN. */
export function severityOf(score: number): Severity | undefined {
  for (let i = SEVERITIES.length - 1; i >= 0; i--) {
    if (score >= SEVERITY_BANDS[SEVERITIES[i]]) return SEVERITIES[i];
  }
  return undefined;
}

/** Order of two severities: negative when a is milder than b. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(a) - SEVERITIES.indexOf(b);
}
