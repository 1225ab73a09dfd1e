import { createRelation, type Relation } from './relation';

/** Minutes from which a device's baseline begins: its history, assumed to be normal. */
export const FIRST_MINUTES = 15;
/** Later minutes are learned from half an hour late, and only if nothing was wrong by then: what creeps would else be followed. */
export const LAG_MINUTES = 30;

/** Size of `lasting` that is assumed before any was seen, as worth so many looks. Measured on simulated fleets: 0.35 to 0.6. */
const ASSUMED_SCATTER = 0.5;
const ASSUMED_LOOKS = 200;

/**
 * What is remembered of the minutes of each device: columns of devices x metrics (entry device * metrics + metric) unless said otherwise. Bounded:
 * about 170 bytes a device and metric, and as much again for each twenty metrics.
 */
export interface ShiftBaseline {
  readonly metrics: number;
  /** Typical minute, covariance of minutes (devices x metrics x metrics), usual size of `lasting`. */
  mean: Float64Array;
  cov: Float64Array;
  usual: Float64Array;
  /** Minutes smoothed over a few: where the device stands. NaN = it never had a value. */
  smooth: Float64Array;
  /** What the other metrics leave unexplained, smoothed for long: of now, and of what is learned now. */
  lasting: Float64Array;
  late: Float64Array;
  /** Minutes that wait to be learned from, LAG_MINUTES a device in a ring, and whether each may be. */
  queue: Float32Array;
  trusted: Uint8Array;
  /** By device: minutes so far, of the baseline, and of `usual`. */
  minutes: Float64Array;
  learned: Float64Array;
  rated: Float64Array;
  /** What all devices have in common: correlations of minutes (m x m), and size of `lasting` in what the relation leaves unexplained of a minute. */
  readonly fleet: {
    readonly correlations: Float64Array;
    readonly scatter: Float64Array;
    devices: number;
    looks: number;
  };
  readonly work: ShiftWork;
}

/** What one look is worked out in, m values each (correlations: m x m), of no use after it. */
export interface ShiftWork {
  readonly relation: Relation;
  readonly correlations: Float64Array;
  readonly deviation: Float64Array;
  readonly departures: Float64Array;
  /** What is unexplained of the present minute, and of where the device stands or of an older minute. */
  readonly present: Float64Array;
  readonly unexplained: Float64Array;
  readonly minute: Float64Array;
}

function createWork(m: number): ShiftWork {
  const column = (): Float64Array => new Float64Array(m);
  return {
    relation: createRelation(m),
    correlations: new Float64Array(m * m),
    deviation: column(),
    departures: column(),
    present: column(),
    unexplained: column(),
    minute: column(),
  };
}

/** Columns that hold numbers, how many each has a device, and what an empty entry holds. */
export function columnsOf(m: number): readonly (readonly [keyof ShiftColumns, number, number])[] {
  return [
    ['mean', m, Number.NaN],
    ['cov', m * m, 0],
    ['usual', m, 0],
    ['smooth', m, Number.NaN],
    ['lasting', m, 0],
    ['late', m, 0],
    ['minutes', 1, 0],
    ['learned', 1, 0],
    ['rated', 1, 0],
  ];
}

export type ShiftColumns = Pick<
  ShiftBaseline,
  'mean' | 'cov' | 'usual' | 'smooth' | 'lasting' | 'late' | 'minutes' | 'learned' | 'rated'
>;

/** Nothing known of any device. */
export function createBaseline(metrics: number): ShiftBaseline {
  const none = new Float64Array(0);
  return {
    metrics,
    mean: none,
    cov: none,
    usual: none,
    smooth: none,
    lasting: none,
    late: none,
    queue: new Float32Array(0),
    trusted: new Uint8Array(0),
    minutes: none,
    learned: none,
    rated: none,
    fleet: {
      correlations: new Float64Array(metrics * metrics),
      scatter: new Float64Array(metrics).fill(ASSUMED_SCATTER),
      devices: 0,
      looks: ASSUMED_LOOKS,
    },
    work: createWork(metrics),
  };
}

/** Makes room for so many devices; existing ones stay. */
export function reserveBaseline(base: ShiftBaseline, devices: number): void {
  if (base.minutes.length >= devices) return;
  for (const [key, width, fill] of columnsOf(base.metrics)) {
    const column = new Float64Array(devices * width).fill(fill);
    column.set(base[key]);
    base[key] = column;
  }
  const queue = new Float32Array(devices * LAG_MINUTES * base.metrics);
  queue.set(base.queue);
  const trusted = new Uint8Array(devices * LAG_MINUTES);
  trusted.set(base.trusted);
  Object.assign(base, { queue, trusted });
}
