import type { ColumnMapping } from '../../../app/types';
import { MAX_METRICS } from '../../../domain/catalog';

/** What a column is taken for. */
export type ColumnRole = 'time' | 'device' | 'label' | 'metric' | 'ignore';

/** The role of a column under a mapping. */
export function roleOf(column: string, mapping: ColumnMapping): ColumnRole {
  if (mapping.time === column) return 'time';
  if (mapping.device === column) return 'device';
  if (mapping.label === column) return 'label';
  return mapping.metrics.includes(column) ? 'metric' : 'ignore';
}

/**
 * The mapping after a column was given another role. Time, device and label are held by one column each: the one that had it before
 * is ignored from then on. Metrics stay in the order of `columns`.
 */
export function assignRole(
  columns: readonly string[],
  mapping: ColumnMapping,
  column: string,
  role: ColumnRole,
): ColumnMapping {
  const single = (name: 'time' | 'device' | 'label'): string | undefined =>
    role === name ? column : mapping[name] === column ? undefined : mapping[name];
  const isMetric = (name: string): boolean => (name === column ? role === 'metric' : mapping.metrics.includes(name));
  return {
    time: single('time'),
    device: single('device'),
    label: single('label'),
    metrics: columns.filter(isMetric),
  };
}

/** What stands in the way of opening a table with this mapping, in words; undefined = nothing. */
export function checkMapping(mapping: ColumnMapping): string | undefined {
  if (mapping.metrics.length === 0) return 'Take at least one column as a metric.';
  if (mapping.metrics.length > MAX_METRICS) {
    return `At most ${MAX_METRICS} columns can be metrics, ${mapping.metrics.length} are chosen.`;
  }
  return undefined;
}
