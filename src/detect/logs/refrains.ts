/** After a pause of so long what was told of, or flagged, is another story. */
const PAUSE_MS = 900_000;
/** Pairs of device and template that are followed at once; beyond it those silent for longest are dropped. */
const MAX_PAIRS = 2048;
const PAIR_BASE = 0x1_0000;
const MINUTE_MS = 60_000;
/** Bits of one word of a pair's minutes. */
const HALF_HOUR = 30;
const HALF_HOUR_MASK = 2 ** HALF_HOUR - 1;

/** How a device has said the lines of one template so far, the present one included. */
export interface Refrain {
  /** When it was first told of since its last pause, ms; infinite: never. */
  readonly toldAt: number;
  /** Minutes of the last hour in which it said so. */
  readonly hour: number;
  /** Lines of this device before it first said so; other ones since, and one; and minutes in which it said so. */
  readonly before: number;
  readonly since: number;
  readonly minutes: number;
}

/** What each device goes on saying, of the templates that training did not know. */
export interface RefrainBook {
  /** Counts a line of a device, of whatever template. */
  countLine(device: number): void;
  /**
   * A line that was counted is of such a template. t: ms; a clock that goes backwards counts for the newest minute. isConvicted: the template was
   * flagged, on whatever device.
   */
  say(device: number, template: number, t: number, isConvicted: boolean): Refrain;
  /** That it goes on was told at t (ms). */
  tell(device: number, template: number, t: number): void;
  /** Forgets all. Of so many lines before, of all devices together, none was of a template that will be asked for. */
  restart(linesBefore: number): void;
}

interface Minutes {
  minute: number;
  recent: number;
  older: number;
  /** Lines of the device up to when it began to say so, and up to when it last did; how many of the first passed in silence of it. */
  begun: number;
  spoken: number;
  silent: number;
  /** Lines that have said so since, and minutes in which they did. */
  times: number;
  said: number;
  toldAt: number;
}

/** A book with bounded memory. */
export function createRefrainBook(): RefrainBook {
  const pairs = new Map<number, Minutes>();
  let own = new Float64Array(64);
  /** Devices that had any line. */
  let speakers = 0;
  let inherited = 0;
  return {
    countLine(device) {
      if (device >= own.length) own = grow(own, device);
      if (own[device] === 0) speakers++;
      own[device]++;
    },
    say(device, template, t, isConvicted) {
      const spoken = own[device] ?? 0;
      const key = template * PAIR_BASE + device;
      let state = pairs.get(key);
      if (state === undefined) {
        if (pairs.size >= MAX_PAIRS) dropOldest(pairs, MAX_PAIRS >> 3);
        const share = Math.floor(inherited / Math.max(1, speakers));
        state = { minute: Math.floor(t / MINUTE_MS), recent: 0, older: 0, ...beginAfter(-share, spoken) };
      }
      markLine(state, Math.floor(t / MINUTE_MS), { spoken, isConvicted });
      pairs.delete(key);
      pairs.set(key, state);
      return {
        toldAt: state.toldAt,
        hour: countBits(state.recent) + countBits(state.older),
        before: state.silent,
        since: Math.max(1, spoken - state.begun - state.times + 1),
        minutes: state.said,
      };
    },
    tell(device, template, t) {
      const state = pairs.get(template * PAIR_BASE + device);
      if (state !== undefined) state.toldAt = Math.min(state.toldAt, t);
    },
    restart(linesBefore) {
      pairs.clear();
      own = new Float64Array(64);
      speakers = 0;
      inherited = linesBefore;
    },
  };
}

/** One line further, in this minute. spoken: lines of the device, this one included. */
function markLine(
  state: Minutes,
  minute: number,
  { spoken, isConvicted }: { readonly spoken: number; readonly isConvicted: boolean },
): void {
  const passed = Math.max(0, Math.min(2 * HALF_HOUR, minute - state.minute));
  if (passed * MINUTE_MS > PAUSE_MS && (isConvicted || state.toldAt < Number.POSITIVE_INFINITY)) {
    Object.assign(state, beginAfter(state.spoken, spoken));
  }
  state.times++;
  if (passed > 0 || state.said === 0) state.said++;
  for (let i = 0; i < passed; i++) {
    state.older = ((state.older << 1) | (state.recent >>> (HALF_HOUR - 1))) & HALF_HOUR_MASK;
    state.recent = (state.recent << 1) & HALF_HOUR_MASK;
  }
  state.minute += Math.max(0, minute - state.minute);
  state.recent |= 1;
  state.spoken = spoken;
}

/** What a device begins to say: for the first time, or again after it was over. last, spoken: its lines up to when it last said so, and now. */
function beginAfter(last: number, spoken: number): Omit<Minutes, 'minute' | 'recent' | 'older'> {
  const begun = Math.max(0, spoken - 1);
  return { begun, spoken, silent: Math.max(0, begun - last), times: 0, said: 0, toldAt: Number.POSITIVE_INFINITY };
}

function countBits(word: number): number {
  let count = 0;
  for (let left = word; left !== 0; left &= left - 1) count++;
  return count;
}

function grow(counts: Float64Array, device: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(2 * counts.length, device + 1));
  larger.set(counts);
  return larger;
}

/** Drops the n entries of a map that were used longest ago, where each use puts its entry at the end. */
export function dropOldest(map: Map<number, unknown>, n: number): void {
  let left = n;
  for (const key of map.keys()) {
    if (left-- <= 0) return;
    map.delete(key);
  }
}
