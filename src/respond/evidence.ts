import type { AlertContribution, AlertLogEvidence } from '../domain/alerts';
import type { MetricSpec } from '../domain/catalog';
import type { LogLevel } from '../domain/telemetry';
import type { LogExplanation, MetricContribution } from '../domain/verdicts';

/** Lines kept with an alert. */
export const MAX_EVIDENCE_LINES = 5;
const MAX_MESSAGE_CHARS = 2000;

/**
 * The metric pipeline's contributions with each metric's name and unit, largest share first. Metric indexes outside the catalog are
 * left out. sinceOf: since when the metric has been away from typical, where that is known.
 */
export function describeContributions(
  contributions: readonly MetricContribution[],
  metrics: readonly MetricSpec[],
  sinceOf: (contribution: MetricContribution) => number | undefined = () => undefined,
): readonly AlertContribution[] {
  return contributions
    .filter((contribution) => metrics[contribution.metric] !== undefined)
    .map((contribution) => {
      const { metric, share, actual, typical, z, slopePerMinute, features, peers, stillFor, shift } = contribution;
      const { key, label, unit } = metrics[metric];
      const since = sinceOf(contribution);
      return {
        metric: key,
        label,
        unit,
        share,
        actual,
        typical,
        z,
        slopePerMinute,
        ...(since === undefined ? {} : { since }),
        ...(features === undefined ? {} : { features }),
        ...(stillFor === undefined ? {} : { stillFor }),
        ...(shift === undefined ? {} : { shift }),
        ...(peers === undefined ? {} : { peers }),
      };
    })
    .sort((a, b) => b.share - a.share);
}

/** A scored line as evidence. `explanation` is undefined where the detector gave none; an unseen template is noted in words. */
export function describeLogLine(line: {
  readonly t: number;
  readonly level: LogLevel;
  readonly message: string;
  readonly score: number;
  readonly explanation: LogExplanation | undefined;
}): AlertLogEvidence {
  const { t, level, score, explanation } = line;
  const message =
    line.message.length > MAX_MESSAGE_CHARS ? `${line.message.slice(0, MAX_MESSAGE_CHARS)}…` : line.message;
  if (explanation === undefined) return { t, level, message, template: '', score, words: [], notes: [] };
  const { template, words, templateSeenInTraining } = explanation;
  const said = explanation.notes.some((note) => /template/i.test(note));
  const notes = templateSeenInTraining || said ? explanation.notes : [...explanation.notes, 'unseen template'];
  return { t, level, message, template, score, words, notes };
}

/**
 * Joins lines, highest score first, at most MAX_EVIDENCE_LINES. Of the lines of one template only the highest is kept, since five times the same
 * tells less than five different ones. Lines without a score come last.
 */
export function mergeEvidence(
  known: readonly AlertLogEvidence[],
  fresh: readonly AlertLogEvidence[],
): readonly AlertLogEvidence[] {
  if (fresh.length === 0) return known;
  const best = new Map<string, AlertLogEvidence>();
  for (const log of [...known, ...fresh]) {
    const key = log.template === '' ? `message ${log.message}` : `template ${log.template}`;
    const other = best.get(key);
    if (other === undefined || compareEvidence(log, other) < 0) best.set(key, log);
  }
  return [...best.values()].sort(compareEvidence).slice(0, MAX_EVIDENCE_LINES);
}

function compareEvidence(a: AlertLogEvidence, b: AlertLogEvidence): number {
  const scoreOf = (log: AlertLogEvidence): number => (Number.isNaN(log.score) ? -1 : log.score);
  return scoreOf(b) - scoreOf(a) || a.t - b.t || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}
