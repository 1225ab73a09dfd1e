import type { LineTemplate } from '../templates';

/** What a server writes when it has nearly as much to do as it can. Weights are relative to each other. */
export const OVERLOAD_LINES: readonly LineTemplate[] = [
  { level: 'warning', weight: 5, text: 'overload: run queue {count} deep, p99 latency {slowMs}ms' },
  { level: 'warning', weight: 4, text: 'overload: shedding load, {percent}% of requests answered 503' },
  { level: 'error', weight: 2, text: '{req} rejected: no capacity left on {host}, retry after {small}s' },
  { level: 'warning', weight: 2, text: 'thread pool exhausted: {count} tasks waiting, oldest {slowMs}ms' },
];

/** Share of its capacity from which on a device writes them, and how many a second at full capacity. */
export const OVERLOAD_FROM = 0.85;
export const OVERLOAD_PER_SECOND = 1.5;
