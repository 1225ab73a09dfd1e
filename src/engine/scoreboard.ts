import { ENORMOUS_SCORE, intervalRules } from '../detect/intervals';
import type { NormalEventRecord } from '../domain/events';
import { type FaultSpec, secondsToHalfSize, type TruthInterval } from '../domain/faults';
import { MEMBERS, type Member, type Scoreboard } from '../domain/scoreboard';
import { anomalyScore } from '../domain/scores';
import { samplesPerDayAt } from '../domain/sensitivity';
import type { Settings } from '../domain/settings';
import type { TruthSpan } from '../evaluate/open-events';
import { createBoard } from '../evaluate/scoreboard';
import { createMemberAlarms } from './scoreboard-alarms';
import type { ScoreState } from './scoreboard-state';

/** An alert that begins so many samples after a fault's end is no false alarm (nor a hit). */
export const GRACE_STEPS = 30;

/** One scored point of the loop. Rarities are NaN where that member had nothing to say. */
export interface ScoredPoint {
  readonly t: number;
  readonly device: number;
  readonly metricRarity: number;
  readonly logRarity: number;
  /** As `combine` gives them. */
  readonly hybrid: number;
  readonly flagged: boolean;
  readonly score: number;
}

/** Where each member stands at which rarity, as the settings have it. */
export interface JudgeInput {
  readonly truth: readonly TruthInterval[];
  readonly normalEvents: readonly NormalEventRecord[];
  /** What there is to know of the kinds of fault: which of them creep. */
  readonly faults: readonly Pick<FaultSpec, 'id' | 'creeping'>[];
  readonly thresholds: { readonly metric: number; readonly log: number };
  readonly settings: Pick<Settings, 'alarmAt'>;
  /** Id of the scenario that is played; '' = none. */
  readonly scenario: string;
}

/**
 * Where verdicts and truth meet, after every decision on them was taken: nothing flows back. The loop notes what it scored; once the truth
 * of the same time is there, both are judged.
 */
export interface ScoreKeeper {
  note(point: ScoredPoint): void;
  /** Data of a quarantined device were refused at t. */
  noteRefused(device: number, t: number): void;
  /** The time that is noted and not yet judged, [from, to); undefined: nothing is. */
  readonly pending: { readonly from: number; readonly to: number } | undefined;
  judge(input: JudgeInput): void;
  /** Forgets what was noted and not judged. */
  drop(): void;
  readonly revision: number;
  snapshot(options: ScoreboardQuery & Pick<JudgeInput, 'thresholds'>): Scoreboard;
  /** What was judged so far; a keeper made of it goes on with the same numbers. */
  save(): ScoreState;
}

/** Whose lists and curve; of one scenario or of all. */
export interface ScoreboardQuery {
  readonly member: Member;
  readonly scenario?: string;
  /** Entries of each list at most, 1 to 200. Default 30, with which the whole stays below 50 kB. */
  readonly listed?: number;
}

type Noted = ScoredPoint | { readonly refused: number; readonly t: number };

/** stepMs: between two samples of a device. saved: what an earlier keeper of the same run gave. */
export function createScoreKeeper(stepMs: number, saved?: ScoreState): ScoreKeeper {
  const board = createBoard({ stepMs, graceMs: GRACE_STEPS * stepMs }, saved?.board);
  const rules = intervalRules(samplesPerDayAt(stepMs));
  const alarms = createMemberAlarms(board, rules, saved?.alarms);
  let noted: Noted[] = [];
  /** Devices without a line in a step have no log score; once any line was scored that means calm, not unknown. */
  let logsScored = saved?.logsScored ?? false;
  /** NaN: nothing yet. */
  let judgedTo = saved?.board.to ?? Number.NaN;
  const score = new Float64Array(MEMBERS.length);
  const flagged = new Uint8Array(MEMBERS.length);

  const judgePoint = (point: ScoredPoint, { thresholds, settings }: JudgeInput): void => {
    const { t, device, metricRarity } = point;
    if (!Number.isNaN(point.logRarity)) logsScored = true;
    const logRarity = Number.isNaN(point.logRarity) && logsScored ? 0 : point.logRarity;
    score[0] = asRarity(point.hybrid, settings.alarmAt, thresholds.metric);
    score[1] = metricRarity;
    score[2] = logRarity;
    flagged[0] = point.flagged ? 1 : 0;
    flagged[1] = metricRarity >= thresholds.metric ? 1 : 0;
    flagged[2] = logRarity >= thresholds.log ? 1 : 0;
    board.addSample({ device, t, score, flagged });
    for (let m = 0; m < MEMBERS.length; m++) {
      const shown = m === 0 ? point.score : anomalyScore(score[m]);
      const isFlagged = flagged[m] === 1;
      const sample = { t, flagged: isFlagged, score: shown, enormous: isFlagged && shown >= ENORMOUS_SCORE };
      alarms.step(MEMBERS[m], device, sample);
    }
  };

  return {
    note: (point) => {
      noted.push(point);
    },
    noteRefused: (device, t) => {
      noted.push({ refused: device, t });
    },
    get pending() {
      if (noted.length === 0) return undefined;
      let from = Number.POSITIVE_INFINITY;
      let to = Number.NEGATIVE_INFINITY;
      for (const { t } of noted) {
        from = Math.min(from, t);
        to = Math.max(to, t);
      }
      return { from, to: to + stepMs };
    },
    judge: (input) => {
      const from = noted.reduce((first, { t }) => Math.min(first, t), Number.POSITIVE_INFINITY);
      // While the page was closed nobody looked: an alert from before must not be stretched over that.
      if (from - judgedTo > rules.refractorySamples * stepMs) alarms.cutOffAll();
      for (const { t } of noted) if (!(t <= judgedTo)) judgedTo = t;
      board.follow(
        [...input.truth.map((span) => toSpan(span, input.faults)), ...input.normalEvents.flatMap(toNormalSpans)],
        from,
        input.scenario,
      );
      for (const entry of noted) {
        if ('refused' in entry) {
          alarms.cutOff(entry.refused);
          board.refuse(entry.refused, entry.t);
        } else {
          judgePoint(entry, input);
        }
      }
      noted = [];
      board.settle();
    },
    drop: () => {
      noted = [];
    },
    get revision() {
      return board.revision;
    },
    snapshot: ({ member, scenario, listed, thresholds }) =>
      board.snapshot({
        member,
        scenario,
        listed,
        thresholds: { hybrid: thresholds.metric, metrics: thresholds.metric, logs: thresholds.log },
      }),
    save: () => ({ stepMs, logsScored, alarms: alarms.save(), board: board.save() }),
  };
}

/**
 * The hybrid value on the rarity scale, so that it is flagged where it reaches the metric threshold: with the default weights and silent logs
 * it is the metric rarity itself. NaN stays NaN.
 */
function asRarity(hybrid: number, alarmAt: number, threshold: number): number {
  return Math.sqrt(hybrid / alarmAt) * threshold;
}

function toSpan(truth: TruthInterval, faults: JudgeInput['faults']): TruthSpan {
  const { device, fault, from, to, onset, seenIn } = truth;
  const creeps = onset.shape === 'creep' || faults.some((spec) => spec.id === fault && spec.creeping);
  // A fault that ends before it is fully there has its final size where it ends.
  const seconds = Math.min(onset.seconds, (to - from) / 1000);
  const halfAt = creeps ? from + 1000 * secondsToHalfSize({ ...onset, seconds }) : undefined;
  return { device, fault, from, to, isNormal: false, halfAt, seenIn };
}

function toNormalSpans({ devices, event, from, to }: NormalEventRecord): readonly TruthSpan[] {
  const seenIn = { metrics: true, logs: true };
  return devices.map((device) => ({ device, fault: event, from, to, isNormal: true, halfAt: undefined, seenIn }));
}
