/**
 * Reference scores at which a calibration counts half: its tail is then fitted to 50 of them (`TAIL_SHARE` of calibration.ts), whose scale is
 * known to about 20 % (asymptotic standard error sqrt(2 / 50) of a generalised Pareto scale; Hosking & Wallis 1987).
 */
const HALF_KNOWN_REFERENCES = 2500;
/** Samples at which a device's own level counts half: where its own scaler takes over from the fleet's (`OWN_SCALER_AFTER`). */
const HALF_KNOWN_SAMPLES = 60;

/**
 * How far a calibrated score may be trusted for the number of normal scores that it was calibrated on, 0..1: n / (n + k), the weight that n
 * observations have against a prior worth k of them. Grows with every normal row; 0 for none or NaN.
 */
export function calibrationConfidence(references: number): number {
  return shareOf(references, HALF_KNOWN_REFERENCES);
}

/** The same for the samples that a device's own typical level was learned from. */
export function deviceConfidence(samples: number): number {
  return shareOf(samples, HALF_KNOWN_SAMPLES);
}

function shareOf(n: number, half: number): number {
  if (!(n > 0)) return 0;
  return Number.isFinite(n) ? n / (n + half) : 1;
}
