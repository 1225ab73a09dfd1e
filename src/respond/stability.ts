import { DEVICE_STATES, type DeviceState } from '../domain/frame';
import { SEVERITY_BANDS } from '../domain/scores';

/** A device in this state counts at most so much, whatever its latest sample: an alert is not over because one sample was calm. */
const MOST_HEALTH: Readonly<Record<DeviceState, number>> = {
  ok: 1,
  warning: 0.75,
  alert: 0.25,
  quarantined: 0,
  silent: 0,
};

/**
 * How well the fleet stands, 0..100: the mean health of its devices. A device is wholly healthy up to anomaly score 25 (below the lowest
 * severity band), loses in proportion up to 90 (critical), and is capped by its state. All calm = 100, all quarantined = 0.
 * score: 0..100 a device, NaN = not scorable; state: index into DEVICE_STATES. Devices that were never scored are left out, unless they are
 * quarantined (then they count 0). NaN while no device counts.
 */
export function measureStability(fleet: {
  readonly score: ArrayLike<number>;
  readonly state: ArrayLike<number>;
}): number {
  let sum = 0;
  let count = 0;
  for (let device = 0; device < fleet.score.length; device++) {
    const state = DEVICE_STATES[fleet.state[device]] ?? 'ok';
    const score = fleet.score[device];
    if (Number.isNaN(score) && state !== 'quarantined') continue;
    count++;
    sum += state === 'quarantined' ? 0 : Math.min(MOST_HEALTH[state], calmness(score));
  }
  return count === 0 ? Number.NaN : (100 * sum) / count;
}

function calmness(score: number): number {
  const { warning, critical } = SEVERITY_BANDS;
  return Math.min(1, Math.max(0, (critical - score) / (critical - warning)));
}
