/** Samples of a device that are looked back on: ten minutes at one a second. */
const WINDOW = 600;
const MIN_WINDOW = 16;
/** Bounds the memory: 4 MB of values, however many devices and metrics there are. */
const MAX_NUMBERS = 1_000_000;
/** A value further than that from typical, in robust standard deviations, is away: 1 in 20 of what is normal. */
const AWAY_SD = 2;
/** So many samples in a row that are not away end the departure; fewer are noise in it. */
const CALM_SAMPLES = 3;

/** What a metric is measured against. deviation: robust standard deviation, > 0; both in the metric's unit. */
export interface Usual {
  readonly actual: number;
  readonly typical: number;
  readonly deviation: number;
}

interface Track {
  readonly t: Float64Array;
  /** Entry metric * window + slot. */
  readonly values: Float32Array;
  count: number;
}

/** The last values of every device, to say since when one of its metrics has been away from typical. Rings, bounded. */
export interface RecentValues {
  /** One sample further; t must not go back for a device. */
  add(device: number, t: number, values: ArrayLike<number>): void;
  /**
   * The time of the first sample of the present departure on the side of `actual`; the oldest one held where it began before that.
   * undefined where the metric is at home, or nothing is known.
   */
  departedSince(device: number, metric: number, usual: Usual): number | undefined;
}

/** metricCount, deviceCount: for how many the memory is shared out; devices that join later get as much as the others. */
export function createRecentValues(metricCount: number, deviceCount: number): RecentValues {
  const columns = Math.max(1, metricCount * deviceCount);
  const window = Math.max(MIN_WINDOW, Math.min(WINDOW, Math.floor(MAX_NUMBERS / columns)));
  const tracks: (Track | undefined)[] = [];
  return {
    add: (device, t, values) => {
      if (values.length === 0) return;
      let track = tracks[device];
      if (track === undefined) {
        track = { t: new Float64Array(window), values: new Float32Array(window * metricCount), count: 0 };
        tracks[device] = track;
      }
      const slot = track.count++ % window;
      track.t[slot] = t;
      for (let metric = 0; metric < metricCount; metric++) track.values[metric * window + slot] = values[metric];
    },
    departedSince: (device, metric, { actual, typical, deviation }) => {
      const track = tracks[device];
      if (track === undefined || !(deviation > 0)) return undefined;
      const side = Math.sign(actual - typical);
      let since: number | undefined;
      let calm = 0;
      for (let back = 1; back <= Math.min(track.count, window) && calm < CALM_SAMPLES; back++) {
        const slot = (track.count - back) % window;
        const value = track.values[metric * window + slot];
        if (Number.isNaN(value)) continue;
        if (side * (value - typical) > AWAY_SD * deviation) {
          since = track.t[slot];
          calm = 0;
        } else calm++;
      }
      return since;
    },
  };
}
