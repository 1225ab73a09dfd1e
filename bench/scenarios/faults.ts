import type { FaultSpec } from '../../src/domain/faults';
import { createRandom } from '../../src/domain/random';
import { type EventEntry, MEMBERS, type Member } from '../../src/domain/scoreboard';
import { percentileOf } from '../../src/evaluate/event-sums';
import { medianOf } from '../../src/evaluate/events';
import { openFleet } from './fleet';

/** Calm between two faults: a minute and a half, so that each is over for good before the next one begins. */
const CALM_S = 90;
const LISTED = 200;

/** One fault in one seeded run, as one member saw it. */
export interface FaultRun {
  readonly fault: string;
  readonly seed: number;
  readonly member: Member;
  /** Devices hit, and those on which it was noticed. More than one where it spreads. */
  readonly events: number;
  readonly noticed: number;
  /** From its first onset on any device to the first alert on any; undefined: nobody noticed it. */
  readonly delaySamples: number | undefined;
  /** Of the devices: creeping, and noticed before half of the final size. */
  readonly creeping: number;
  readonly beforeHalf: number;
}

export interface FaultsRun {
  readonly seed: number;
  readonly runs: readonly FaultRun[];
  readonly falseAlarms: number;
  readonly deviceDays: number;
}

/**
 * One fleet that suffers each fault once, one after the other in a seeded order, each at default intensity and duration and each put on
 * another random device. Throws where the fleet refuses a fault.
 */
export async function playFaults(specs: readonly FaultSpec[], seed: number, devices: number): Promise<FaultsRun> {
  const random = createRandom(seed, 'bench:faults');
  const { bench, play } = await openFleet({ seed, devices });
  const { engine } = bench;
  const targets = shuffle([...engine.run.catalog.devices], random.int);
  await play(CALM_S);
  for (const [i, spec] of shuffle([...specs], random.int).entries()) {
    const durationS = defaultOf(spec, 'duration');
    const injected = await engine.inject({
      fault: spec.id,
      target: { kind: 'device', deviceId: targets[i % targets.length].id },
      intensity: defaultOf(spec, 'intensity'),
      durationMs: durationS * 1000,
    });
    if (!injected.ok) throw new Error(`${spec.id}: ${injected.error.message}`);
    await play(durationS + CALM_S);
  }
  const { alarms } = engine.scoreboard({ member: 'hybrid' }).members.hybrid;
  return {
    seed,
    runs: MEMBERS.flatMap((member) => {
      const board = engine.scoreboard({ member, listed: LISTED });
      return specs.map((spec) => {
        const own = (list: readonly EventEntry[]) => list.filter((entry) => entry.fault === spec.id);
        const hits = own(board.hits);
        const all = [...hits, ...own(board.misses), ...own(board.running)];
        const { creeping = 0, beforeHalf = 0 } =
          board.faults.find((row) => row.fault === spec.id)?.members[member].byEvent ?? {};
        const onset = Math.min(...all.map((entry) => entry.from));
        const noticedAt = Math.min(...hits.map((entry) => entry.noticedAt ?? Number.POSITIVE_INFINITY));
        return {
          fault: spec.id,
          seed,
          member,
          events: all.length,
          noticed: hits.length,
          delaySamples: hits.length === 0 ? undefined : (noticedAt - onset) / engine.run.info.stepMs,
          creeping,
          beforeHalf,
        };
      });
    }),
    falseAlarms: alarms.falseAlarms,
    deviceDays: alarms.deviceDays,
  };
}

/** One kind of fault over all seeded runs, as one member saw it. Shares 0..1, NaN where nothing of it could be seen. */
export interface FaultSummary {
  readonly fault: string;
  readonly member: Member;
  /** Runs in which the member could see it, and the share of them in which it was noticed on any device. */
  readonly runs: number;
  readonly found: number;
  readonly eventRecall: number;
  readonly medianSamples: number;
  readonly p90Samples: number;
  /** Share of the creeping ones that was noticed before half of their final size. */
  readonly beforeHalf: number;
}

export function summariseFault(runs: readonly FaultRun[], fault: string, member: Member): FaultSummary {
  const own = runs.filter((run) => run.fault === fault && run.member === member && run.events > 0);
  const sum = (key: 'events' | 'noticed' | 'creeping' | 'beforeHalf'): number =>
    own.reduce((total, run) => total + run[key], 0);
  const delays = own.map((run) => run.delaySamples).filter((delay) => delay !== undefined);
  return {
    fault,
    member,
    runs: own.length,
    found: delays.length / own.length,
    eventRecall: sum('noticed') / sum('events'),
    medianSamples: medianOf(delays),
    p90Samples: percentileOf(delays, 0.9),
    beforeHalf: sum('beforeHalf') / sum('creeping'),
  };
}

function defaultOf(spec: FaultSpec, key: string): number {
  const param = spec.params.find((candidate) => candidate.key === key);
  if (param === undefined) throw new Error(`fault ${spec.id} has no param ${key}`);
  return param.default;
}

function shuffle<T>(list: T[], int: (n: number) => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = int(i + 1);
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
