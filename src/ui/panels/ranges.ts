/** How much of the past the charts show. `all`: everything that is held. */
export const RANGES = [
  { value: '5m', label: 'Last 5 minutes', spanMs: 300_000 },
  { value: '15m', label: 'Last 15 minutes', spanMs: 900_000 },
  { value: '1h', label: 'Last hour', spanMs: 3_600_000 },
  { value: 'all', label: 'All', spanMs: Number.POSITIVE_INFINITY },
] as const;

export type RangeKey = (typeof RANGES)[number]['value'];

/** The range of a link's parameter; a file shows everything unless asked otherwise, the fleet its last 5 minutes. */
export function readRange(text: string | undefined, isFile: boolean): (typeof RANGES)[number] {
  const wanted = text ?? (isFile ? 'all' : '5m');
  return RANGES.find((range) => range.value === wanted) ?? RANGES[0];
}
