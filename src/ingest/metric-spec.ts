import type { MetricSpec } from '../domain/catalog';

/** What a column holds, found while it was read. NaN for a column without any value. */
export interface ColumnRange {
  readonly min: number;
  readonly max: number;
}

/** The limit at which an operator must have acted, as for the simulator's own CPU and memory. */
const BREACH_PERCENT = 95;
const UNITS: readonly { readonly name: RegExp; readonly unit: string }[] = [
  { name: /(?:^|[_\s(-])(?:ms|millis|milliseconds)\)?$/i, unit: 'ms' },
  { name: /(?:^|[_\s(-])(?:seconds|secs)\)?$/i, unit: 's' },
  { name: /(?:^|[_\s(-])(?:mb\/s|mbps|mb_s|mb_per_s(?:ec)?)\)?$/i, unit: 'MB/s' },
  { name: /(?:^|[_\s(-])bytes\)?$/i, unit: 'B' },
  { name: /(?:^|[_\s(-])(?:mb)\)?$/i, unit: 'MB' },
  { name: /(?:^|[_\s(-])(?:rps|qps|req\/s)\)?$/i, unit: '1/s' },
];
const PERCENT =
  /%|percent|(?:^|[_\s-])pct(?:$|[_\s-])|utili[sz]ation|(?:cpu|mem|memory|disk)[_\s-]?(?:usage|used|util|load)$/i;
const FILLS_UP = /cpu|mem|disk|swap|heap|storage/i;

/**
 * Describes a metric column by its name, as far as its values agree. A name of a percentage gets the unit % and the bounds 0 to 100 only when every value
 * lies there (shares of 1 do not: 0.93 of 1 would be shown as 0.93 %). Everything else is unbounded; units say what the name says, or ''.
 */
export function describeMetric(key: string, range: ColumnRange): MetricSpec {
  const percent = PERCENT.test(key) && range.min >= 0 && range.max <= 100 && range.max > 1;
  if (percent) {
    const spec = { key, label: key, unit: '%', min: 0, max: 100 };
    return FILLS_UP.test(key) ? { ...spec, breachAt: BREACH_PERCENT } : spec;
  }
  const unit = UNITS.find(({ name }) => name.test(key))?.unit ?? '';
  return { key, label: key, unit, min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY };
}
