import * as v from 'valibot';
import { err, ok, type Result } from '../domain/result';
import { BINS } from './score-bins';

/** Far beyond any fleet and any run: what is longer was not written by this app. */
const MOST_OPEN = 100_000;
const MOST_KEPT = 1000;

const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Also NaN and the infinities: not yet noticed, never cut off. */
const anyNumber = v.custom<number>((input) => typeof input === 'number', 'must be a number');
const list = <T extends v.GenericSchema>(item: T, most: number) => v.pipe(v.array(item), v.maxLength(most));
const ofMembers = <T extends v.GenericSchema>(item: T) => v.object({ hybrid: item, metrics: item, logs: item });

/** Counts by score: only the bins that hold something. */
const tally = v.pipe(
  v.object({ samples: whole, flagged: whole, bin: v.instance(Uint16Array), count: v.instance(Uint32Array) }),
  v.check(({ bin, count }) => bin.length === count.length, 'as many bins as counts are wanted'),
  v.check(({ bin }) => bin.every((at, i) => at < BINS && (i === 0 || at > bin[i - 1])), 'the bins must rise'),
  v.check(({ samples, flagged }) => flagged <= samples, 'more samples are flagged than there are'),
  v.check(
    ({ samples, count }) => count.reduce((sum, one) => sum + one, 0) === samples,
    'the counts do not add up to the samples',
  ),
);
const memberTally = v.object({
  negatives: tally,
  positives: tally,
  byFault: v.array(v.object({ fault: v.string(), tally })),
  normalEvents: v.object({ samples: whole, flagged: whole }),
});

const eventEntry = v.object({
  device: whole,
  fault: v.string(),
  scenario: v.string(),
  from: finite,
  to: finite,
  noticedAt: v.optional(finite),
});
const alarmEntry = v.object({
  device: whole,
  scenario: v.string(),
  from: finite,
  to: finite,
  raisedAt: finite,
  during: v.string(),
});
const memberSums = v.object({
  byFault: v.array(
    v.object({
      fault: v.string(),
      hits: whole,
      misses: whole,
      unseen: whole,
      rangeRecall: finite,
      creeping: whole,
      beforeHalf: whole,
      delays: list(finite, MOST_KEPT),
    }),
  ),
  alarms: v.object({ alerts: whole, rangePrecision: finite, falseAlarms: whole, duringNormalEvents: whole }),
  hits: list(eventEntry, MOST_KEPT),
  misses: list(eventEntry, MOST_KEPT),
  falseAlarms: list(alarmEntry, MOST_KEPT),
});

const three = <T extends v.GenericSchema>(item: T) => v.pipe(v.array(item), v.length(3));
const openEvent = v.object({
  device: whole,
  fault: v.string(),
  scenario: v.string(),
  from: finite,
  isNormal: v.boolean(),
  halfAt: v.optional(finite),
  isVisible: three(v.boolean()),
  to: finite,
  cutAt: anyNumber,
  seen: whole,
  blind: whole,
  coveredMs: three(finite),
  pieces: three(whole),
  noticedAt: three(anyNumber),
});
const openAlert = v.object({ device: whole, scenario: v.string(), from: finite, raisedAt: finite, to: finite });

const board = v.object({
  scenario: v.string(),
  from: anyNumber,
  to: anyNumber,
  revision: whole,
  parts: list(v.object({ scenario: v.string(), tally: ofMembers(memberTally), sums: ofMembers(memberSums) }), 64),
  ledger: v.object({ events: list(openEvent, MOST_OPEN), alerts: ofMembers(list(openAlert, MOST_OPEN)) }),
});

/** All that a board knows, as plain values and typed arrays: what was counted, and what still runs. Nothing in it is shared with the board. */
export type BoardState = v.InferOutput<typeof board>;
export type TallyState = v.InferOutput<typeof tally>;
export type MemberTallyState = v.InferOutput<typeof memberTally>;
export type MemberSumsState = v.InferOutput<typeof memberSums>;
export type LedgerState = BoardState['ledger'];
/** An event under way, or whose alerts are. Lists have one entry a member. */
export type OpenEventState = v.InferOutput<typeof openEvent>;

/** Checks what was stored of a board. Errors: `board` naming the first wrong field. */
export function parseBoardState(input: unknown): Result<BoardState, 'board'> {
  const parsed = v.safeParse(board, input, { abortEarly: true });
  if (parsed.success) return ok(parsed.output);
  const issue = parsed.issues[0];
  const path = issue.path?.map((part) => String(part.key)).join('.') ?? 'board';
  return err('board', `${path}: ${issue.message}`);
}
