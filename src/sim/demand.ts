import { REGIONS } from './regions';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEKEND_DIP = 0.18;
/** Demand never trends further than this from where it began. */
const MAX_TREND = 0.25;

/**
 * Demand at time t (ms since 1970 UTC) relative to that of a working day's middle, six hours from its peak: daily cycle in the local solar time of
 * the longitude, dip at the weekend with soft edges. Within exp(+-dailySwing), lower by WEEKEND_DIP on Saturday and Sunday.
 */
export function demandAt(
  t: number,
  traits: { readonly longitude: number; readonly dailySwing: number; readonly peakHour: number },
): number {
  const angle = (2 * Math.PI * (localHour(t, traits.longitude) - traits.peakHour)) / 24;
  return Math.exp(traits.dailySwing * Math.cos(angle)) * weekFactor(t, traits.longitude);
}

/** Hour of the local solar day, 0 to below 24. longitude: degrees. */
export function localHour(t: number, longitude: number): number {
  return modulo(t + (longitude / 15) * HOUR_MS, DAY_MS) / HOUR_MS;
}

/** Whole minute of the local solar day, 0..1439. */
export function localMinute(t: number, longitude: number): number {
  // 240,000 ms a degree, whole: sixty seconds later is always the next minute.
  return Math.floor(modulo(Math.round(t) + Math.round(longitude * 240_000), DAY_MS) / 60_000);
}

/** 1 on working days, 1 - WEEKEND_DIP at the weekend, soft edges of about ten hours. */
export function weekFactor(t: number, longitude: number): number {
  const local = t + (longitude / 15) * HOUR_MS;
  // 1970-01-01 was a Thursday: three days after Monday.
  const day = modulo(local / DAY_MS + 3, 7);
  const weekend = day < 0.2 ? 1 - smoothStep((day + 0.2) / 0.4) : smoothStep((day - 4.8) / 0.4);
  const leaving = day > 6.8 ? smoothStep((day - 6.8) / 0.4) : 0;
  return 1 - WEEKEND_DIP * (weekend - leaving);
}

/** Growth since a fleet began. perDay: relative growth a day; the result stays within 1 +- MAX_TREND. */
export function trendAt(days: number, perDay: number): number {
  return 1 + Math.min(MAX_TREND, Math.max(-MAX_TREND, perDay * days));
}

/** What all devices of one longitude share of demandAt at one time: three numbers a region, so that a tick costs 24 cosines, not 10,000. */
export const CLOCK_CELLS = 3;

/** Fills CLOCK_CELLS numbers for each region: cosine and sine of the hour angle, and the factor of the week. */
export function readRegionClocks(t: number, out: Float64Array): void {
  for (let region = 0; region < REGIONS.length; region++) {
    const { longitude } = REGIONS[region];
    const angle = (2 * Math.PI * localHour(t, longitude)) / 24;
    out[region * CLOCK_CELLS] = Math.cos(angle);
    out[region * CLOCK_CELLS + 1] = Math.sin(angle);
    out[region * CLOCK_CELLS + 2] = weekFactor(t, longitude);
  }
}

/** 0 below 0, 1 above 1, 3x^2 - 2x^3 between. */
function smoothStep(x: number): number {
  const bounded = Math.min(1, Math.max(0, x));
  return bounded * bounded * (3 - 2 * bounded);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
