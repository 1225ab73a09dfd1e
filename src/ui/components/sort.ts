export interface SortState {
  readonly key: string;
  readonly order: 'up' | 'down';
}

/** What a click on a header does: first down (largest first), then up, then unsorted. */
export function nextSort(now: SortState | undefined, key: string): SortState | undefined {
  if (now?.key !== key) return { key, order: 'down' };
  return now.order === 'down' ? { key, order: 'up' } : undefined;
}

const collator = new Intl.Collator(undefined, { numeric: true });

/** A sorted copy; equal rows keep their order. NaN stands last in both directions. */
export function sortRows<T>(
  rows: readonly T[],
  value: (row: T) => number | string,
  order: SortState['order'],
): readonly T[] {
  const sign = order === 'up' ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  keyed.sort((a, b) => {
    if (typeof a.key === 'number' && typeof b.key === 'number') {
      if (Number.isNaN(a.key) || Number.isNaN(b.key)) return Number(Number.isNaN(a.key)) - Number(Number.isNaN(b.key));
      return sign * Math.sign(a.key - b.key || 0);
    }
    return sign * collator.compare(String(a.key), String(b.key));
  });
  return keyed.map((one) => one.row);
}
