/** One click on a tick box in a list. */
export interface PickClick {
  /** Keys of all rows as they are shown. */
  readonly order: readonly string[];
  readonly picked: ReadonlySet<string>;
  readonly key: string;
  readonly on: boolean;
  /** The row that was clicked before; undefined: none yet. */
  readonly anchor: string | undefined;
  /** Shift was held: all from the anchor to here get the same. */
  readonly range: boolean;
}

/** What is picked after a click. Degenerate: without an anchor that is still shown, a range is the one row. */
export function pickRows({ order, picked, key, on, anchor, range }: PickClick): ReadonlySet<string> {
  const to = order.indexOf(key);
  const from = range && anchor !== undefined ? order.indexOf(anchor) : to;
  const start = from < 0 ? to : from;
  const next = new Set(picked);
  for (const one of order.slice(Math.min(start, to), Math.max(start, to) + 1)) {
    if (on) next.add(one);
    else next.delete(one);
  }
  return next;
}

/** How many of the rows that are shown are picked. */
export function sharePicked(order: readonly string[], picked: ReadonlySet<string>): 'none' | 'some' | 'all' {
  const count = order.reduce((sum, key) => sum + (picked.has(key) ? 1 : 0), 0);
  if (count === 0) return 'none';
  return count === order.length ? 'all' : 'some';
}
