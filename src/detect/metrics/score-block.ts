import { MAX_RARITY, SEVERITY_BANDS } from '../../domain/scores';
import { MAX_EXPLAINED, type MetricExplanation } from '../../domain/verdicts';
import { correctionAt, followAlarms } from './alarm-rate';
import { blameOf } from './blame';
import { tellRarity } from './episode-sample';
import { createExplainWork, explainRow, keepRow, type RarestRows, type RowEvidence, wantsRow } from './explain';
import { fillBlock } from './feature-block';
import { slopePerMinute } from './features';
import { type FlaggedRows, keepFlagged } from './flagged-rows';
import { type Lesson, learnRow } from './learn-row';
import { joinMembers, type MetricModel, rankOf, scoreMembers, tracedMember } from './model';
import type { Pace } from './pace';
import { type PeerGroups, type PeerView, viewPeers } from './peers';
import { rarityOfLate, stepRecentScores } from './recent-scores';
import { shiftsOf, tellShift } from './slow-shift';
import { smoothScores } from './smoothing';
import { stillestRarity, stillSamples } from './stillness';
import type { Tracks } from './tracks';
import { stepMemory } from './value-memory';

/** Scores of slow data are ranked below the lowest band, too. */
const EXPLAIN_FROM: Readonly<Record<Pace, number>> = { live: SEVERITY_BANDS.warning / 10, slow: 1 };

/** What stands still and what shifts slowly are looked at beside the members: Bonferroni. */
export const STILL_COST = Math.log10(2);
export const SHIFT_COST = Math.log10(3);
/** What took minutes or hours to come is never critical by itself: nobody has to act on it within seconds. */
const SHIFT_MOST = SEVERITY_BANDS.critical / 10;

/** What an explanation will be made from, as it was when the row came. A row may yet be pushed out of the rarest, so no detector is asked. */
interface Standout extends RowEvidence {
  readonly member: number;
  readonly device: number;
  readonly t: number;
}

/** The verdicts of one batch as they come in: one entry a batch row in each column, NaN = not scorable. */
export interface Answers {
  readonly rarity: Float32Array;
  /** By member. */
  readonly raw: readonly Float32Array[];
  readonly rarities: readonly Float32Array[];
  /** Live data: rarity of what stands still, beside the members. */
  readonly still: Float32Array | undefined;
  /** Rarity of what shifts slowly, where that is looked for. */
  readonly shift: Float32Array | undefined;
  /** Slow data; `onset` where values are remembered. */
  readonly rank: Float32Array | undefined;
  readonly onset: Float32Array | undefined;
  readonly rarest: RarestRows<Standout>;
  /** Flagged rows are kept here, for a person to look at later. */
  readonly flagged: FlaggedRows;
}

/** Answers for n rows of which none is scored yet. */
export function createAnswers(
  n: number,
  members: number,
  has: {
    readonly rank: boolean;
    readonly still: boolean;
    readonly shift: boolean;
    readonly onset: boolean;
    readonly flagged: FlaggedRows;
  },
): Answers {
  const column = (): Float32Array => new Float32Array(n).fill(Number.NaN);
  return {
    rarity: column(),
    raw: Array.from({ length: members }, column),
    rarities: Array.from({ length: members }, column),
    still: has.still ? column() : undefined,
    shift: has.shift ? column() : undefined,
    rank: has.rank ? column() : undefined,
    onset: has.onset ? column() : undefined,
    rarest: { limit: MAX_EXPLAINED, entries: [] },
    flagged: has.flagged,
  };
}

/** Scores the batch rows [lesson.from, to), no device of which comes twice, into the answers; explains the rarest and learns each. */
export function scoreBlock(lesson: Lesson, to: number, answers: Answers): void {
  const { state, scorer, batch, from, block } = lesson;
  const { raw, rarities } = answers;
  const n = to - from;
  const slow = state.pace === 'slow';
  const scorable = fillBlock(block, state, batch, { from, to, blames: slow && scorer !== undefined });
  if (scorable === 0) return;
  if (scorer) {
    const smooth = slow
      ? (member: number, scores: Float32Array) => smoothScores(state.smoothed.columns[member], batch, from, scores)
      : undefined;
    scoreMembers(scorer, { n, f: state.f, data: block.features }, raw, rarities, from, smooth);
  }
  for (let i = 0; i < n; i++) {
    const row = from + i;
    if (block.scorable[i] === 0) {
      for (const column of raw) column[row] = Number.NaN;
      for (const column of rarities) column[row] = Number.NaN;
      continue;
    }
    block.rarity[i] = Number.NaN;
    if (scorer) judgeRow(lesson, scorer, i, answers);
    const shifted = scorer !== undefined && (answers.shift?.[row] ?? 0) - SHIFT_COST >= lesson.rules.threshold;
    learnRow(lesson, i, shifted);
  }
}

/** Writes the answers of one scorable row, and its rarity by the training alone: what only lasts is no alarm, but is not learned from either. */
function judgeRow(lesson: Lesson, scorer: MetricModel, i: number, answers: Answers): void {
  const { state, batch } = lesson;
  const { rarity, raw, rarities, still, shift, rank, onset, rarest } = answers;
  const row = lesson.from + i;
  correctRarities(lesson, rarities, row);
  const joined = joinMembers(scorer, rarities, row);
  if (still) still[row] = Math.min(MAX_RARITY, stillestRarity(state.still, batch.device[row]));
  const stillest = (still?.[row] ?? 0) - STILL_COST;
  if (shift && state.shift) shift[row] = Math.min(SHIFT_MOST, state.shift.rarity[batch.device[row]]);
  const shifted = tellShift((shift?.[row] ?? 0) - SHIFT_COST, lesson.rules.threshold);
  const besides = Math.max(joined, stillest);
  const told = tellRarity(lesson, i, Math.max(joined, shifted), stillest);
  rarity[row] = told;
  if (rank) {
    rank[row] = rankOf(scorer, raw, row);
    const share = stepRecentScores(
      state.recent,
      batch.device[row],
      raw[scorer.speakers[scorer.speakers.length - 1]][row],
    );
    rarity[row] = rarityOfLate(told, share);
  }
  if (state.alarms) {
    const sample = state.calm.samples[batch.device[row]];
    const { threshold } = lesson.rules;
    followAlarms(state.alarms, { device: batch.device[row], sample, rarity: rarity[row], threshold });
  }
  if (onset) onset[row] = stepMemory(state.memory, batch.device[row], lesson.block.features[i * state.f]);
  if (told >= EXPLAIN_FROM[state.pace] && wantsRow(rarest, told)) {
    keepRow(
      rarest,
      told,
      readStandout(lesson, i, scorer, rarities, {
        still: stillest > joined && stillest >= shifted,
        shift: shifted > besides,
      }),
    );
  }
  if (rarity[row] >= lesson.rules.threshold) keepFlaggedRow(lesson, scorer, i, answers);
  // A look lasts for a minute: below the threshold it says nothing of the sample that would make it one not to learn from.
  lesson.block.rarity[i] = shifted >= lesson.rules.threshold ? Math.max(besides, shifted) : besides;
}

/** Takes off each member's rarity what the stream has shown to be too much. */
function correctRarities({ state, batch }: Lesson, rarities: readonly Float32Array[], row: number): void {
  if (!state.alarms) return;
  const correction = correctionAt(state.alarms, batch.t[row]);
  for (const column of rarities) column[row] = Math.max(0, column[row] - correction);
}

function keepFlaggedRow(lesson: Lesson, scorer: MetricModel, i: number, { rarity, raw, flagged }: Answers): void {
  const { state, block, batch } = lesson;
  const member = tracedMember(scorer);
  if (member < 0) return;
  const row = lesson.from + i;
  const device = batch.device[row];
  const features = block.features.slice(i * state.f, (i + 1) * state.f);
  const entry = { device, t: batch.t[row], rarity: rarity[row], raw: raw[member][row], features };
  keepFlagged(flagged, entry, state.calm.samples[device]);
}

/** What explanations are made with. names: of the features. Rows are compared with their peers from rarity `threshold` on. */
export interface Explaining {
  readonly scorer: MetricModel;
  readonly names: readonly string[];
  readonly tracks: Tracks;
  readonly groups: PeerGroups;
  readonly threshold: number;
}

/** Explanations of the rarest rows, rarest first; flagged ones are compared with their peers as they stand at the end of the batch. */
export function explainRarest({ rarest }: Answers, by: Explaining): MetricExplanation[] {
  const { scorer, names, tracks, groups, threshold } = by;
  const views = new Map<number, PeerView | undefined>();
  const work = createExplainWork(names.length, tracks.metrics);
  return rarest.entries.map(({ rarity, entry }) => {
    const group = rarity >= threshold ? (groups.groupOf[entry.device] ?? -1) : -1;
    if (group >= 0 && !views.has(group)) views.set(group, viewPeers(tracks, groups.members[group], entry.t));
    const memberShares = scorer.members[entry.member].fitted.explain(entry.features);
    return explainRow(entry, { names, memberShares, peers: views.get(group) }, work);
  });
}

function readStandout(
  lesson: Lesson,
  i: number,
  { speakers }: MetricModel,
  rarities: readonly Float32Array[],
  rarest: { readonly still: boolean; readonly shift: boolean },
): Standout {
  const { state, block, batch } = lesson;
  const { tracks, f } = state;
  const m = tracks.metrics;
  const row = lesson.from + i;
  const slot = batch.device[row] + 1;
  let member = speakers[0];
  for (const k of speakers) if (rarities[k][row] > rarities[member][row]) member = k;
  // Plain arrays: for so few numbers a typed one takes several times as long to make.
  const actual: number[] = [];
  const typical: number[] = [];
  const deviation: number[] = [];
  const slope: number[] = [];
  for (let metric = 0; metric < m; metric++) {
    const scale = tracks.readScale(slot, metric);
    actual.push(block.values[i * m + metric]);
    typical.push(scale[0]);
    deviation.push(scale[1]);
    slope.push(slopePerMinute(tracks, slot, metric));
  }
  return {
    row,
    member,
    device: batch.device[row],
    t: batch.t[row],
    features: block.features.slice(i * f, (i + 1) * f),
    actual,
    typical,
    deviation,
    slope,
    still: state.pace === 'live' ? stillSamples(state.still, batch.device[row]) : undefined,
    isStill: rarest.still,
    shifts: state.shift && shiftsOf(state.shift, batch.device[row]),
    isShift: rarest.shift,
    blame: state.pace === 'slow' ? blameOf(state.blame, tracks, slot) : undefined,
  };
}
