import { anomalyScore, SEVERITY_BANDS } from '../../domain/scores';
import { type LogBatch, logMessage } from '../../domain/telemetry';
import { type LogExplanation, MAX_EXPLAINED } from '../../domain/verdicts';
import { burstScore } from './bursts';
import { explainLines, type LineToExplain } from './explain';
import { type ActiveModel, levelOf, type ReadLines } from './line-reader';
import { judgeLine, type LineJudgement } from './log-model';
import { weighNews } from './news';
import type { SessionFindings } from './session-member';

/** What was found in sessions is looked at besides the line itself, which is luckier than one alone: Bonferroni. */
const SESSION_COST = Math.log10(2);

/** What is known of the lines of a batch besides the lines. */
export interface BatchContext {
  readonly sessions: SessionFindings;
  /** A template's text. */
  readonly textOf: (template: number) => string;
  /** Lines as they come, and not those of a file. */
  readonly isLive: boolean;
  /** Rarity from which a line is flagged. */
  readonly flagsAt: number;
  /** The model was trained on these very lines. */
  readonly ofOwnLines: boolean;
}

/** Scores the lines that `active` has read into raw[0..n) and rarity[0..n), and explains the rarest of those that stand out. */
export function judgeLines(
  active: ActiveModel,
  batch: LogBatch,
  lines: ReadLines,
  { sessions, textOf, isLive, flagsAt, ofOwnLines }: BatchContext,
  raw: Float32Array,
  rarity: Float32Array,
): LogExplanation[] {
  const outstanding: { readonly line: number; readonly judgement: LineJudgement }[] = [];
  for (let i = 0; i < batch.n; i++) {
    const judgement = withSession(judgeOne(active, batch, lines, { line: i, isLive }), sessions.get(i)?.rarity);
    raw[i] = active.scorer.errorOf(lines.handle[i]);
    rarity[i] = judgement.rarity;
    if (judgement.rarity >= flagsAt || anomalyScore(judgement.rarity) >= SEVERITY_BANDS.warning)
      outstanding.push({ line: i, judgement });
  }
  outstanding.sort((a, b) => b.judgement.rarity - a.judgement.rarity || a.line - b.line);
  const explained = outstanding.slice(0, MAX_EXPLAINED).map(
    ({ line, judgement }): LineToExplain => ({
      line,
      text: logMessage(batch, line),
      level: levelOf(batch, line),
      shape: lines.shape[line],
      template: lines.template[line],
      seen: lines.seen[line],
      judgement,
      burst: lines.burst[line],
      news: isLive ? lines.news.get(line) : undefined,
      session: sessions.get(line),
    }),
  );
  return explainLines(active.model, explained, { textOf, ofOwnLines });
}

function withSession(judgement: LineJudgement, session: number | undefined): LineJudgement {
  const rarity = session === undefined ? 0 : session - SESSION_COST;
  return rarity > judgement.rarity ? { ...judgement, rarity } : judgement;
}

/** Most lines are of a known template and no burst: their judgement follows from their encoding and is made once. */
function judgeOne(
  { model, scorer }: ActiveModel,
  batch: LogBatch,
  lines: ReadLines,
  { line, isLive }: { readonly line: number; readonly isLive: boolean },
): LineJudgement {
  const { novelty, trained } = lines.seen[line];
  const handle = lines.handle[line];
  const burst = burstScore(lines.burst[line], trained?.ratePerMs ?? 0, trained?.peak ?? 1);
  const isPlain = novelty === 'seen' && !(burst > 0);
  const known = isPlain ? scorer.recall(handle) : undefined;
  if (known !== undefined) return known;
  const level = levelOf(batch, line);
  const news = lines.news.get(line);
  const judgement = judgeLine(model, {
    novelty,
    level,
    error: scorer.errorOf(handle),
    burst,
    clumping: trained?.clumping ?? 0,
    recurrences: lines.recurrences[line],
    fresh: news?.fresh === true,
    live: news === undefined || !isLive ? undefined : weighNews(model, news, level),
  });
  if (isPlain) scorer.remember(handle, judgement);
  return judgement;
}
