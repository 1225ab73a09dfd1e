import * as v from 'valibot';
import type { IntervalState } from '../detect/intervals';
import { err, ok, type Result } from '../domain/result';
import type { Member } from '../domain/scoreboard';
import { type BoardState, parseBoardState } from '../evaluate/board-state';

/** The hysteresis of each member's alerts, devices with a recent flag only. */
export type AlarmStates = Readonly<Record<Member, readonly IntervalState[]>>;

/** All that a score keeper knows, as plain values and typed arrays. Kept in a table of its own, which nothing that detects reads. */
export interface ScoreState {
  readonly stepMs: number;
  /** Whether any line was scored yet. */
  readonly logsScored: boolean;
  readonly alarms: AlarmStates;
  readonly board: BoardState;
}

const MOST_DEVICES = 100_000;
const finite = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const anyNumber = v.custom<number>((input) => typeof input === 'number', 'must be a number');

const intervalState = v.object({
  device: whole,
  recent: v.pipe(v.array(v.object({ t: finite, flagged: v.boolean(), score: anyNumber })), v.maxLength(100)),
  interval: v.optional(
    v.object({
      device: whole,
      from: finite,
      to: finite,
      open: v.boolean(),
      flagged: whole,
      peakScore: anyNumber,
      peakAt: finite,
    }),
  ),
  calm: whole,
  sinceClosed: whole,
});
const states = v.pipe(v.array(intervalState), v.maxLength(MOST_DEVICES));
const head = v.object({
  stepMs: finite,
  logsScored: v.boolean(),
  alarms: v.object({ hybrid: states, metrics: states, logs: states }),
});

/**
 * Checks what was stored of a score keeper. stepMs: of the run that goes on. Errors: `scores` naming the first wrong field, or that it was
 * counted at another step.
 */
export function parseScoreState(input: unknown, stepMs: number): Result<ScoreState, 'scores'> {
  const parsed = v.safeParse(head, input, { abortEarly: true });
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const path = issue.path?.map((part) => String(part.key)).join('.') ?? 'the record';
    return err('scores', `${path}: ${issue.message}`);
  }
  const { alarms, ...rest } = parsed.output;
  if (rest.stepMs !== stepMs) return err('scores', `stepMs must be ${stepMs}, got ${rest.stepMs}`);
  const board = parseBoardState((input as { readonly board?: unknown }).board);
  if (!board.ok) return err('scores', `board.${board.error.message}`);
  // An absent interval is the same as an undefined one.
  return ok({ ...rest, alarms: alarms as AlarmStates, board: board.value });
}
