import type { Backend } from './backend';
import type { Parse } from './check';
import type { TableName } from './schema';

/** What every table's functions share. */
export interface StoreContext {
  readonly backend: Backend;
  /** Notes a stored record that did not pass its check and is left out. */
  readonly skip: (table: TableName, why: string) => void;
  /** Tells a person what went wrong. */
  readonly trouble: (message: string) => void;
  /** When telemetry was last deleted because storage was full, on the clock of `performance.now`; -Infinity = never. */
  readonly pressure: { prunedAt: number };
}

/** The records that pass their check; the others are noted and left out. undefined entries (nothing stored) are left out silently. */
export function keepSound<T>(
  context: StoreContext,
  table: TableName,
  records: readonly unknown[],
  parse: Parse<T>,
): readonly T[] {
  const sound: T[] = [];
  for (const record of records) {
    if (record === undefined) continue;
    const parsed = parse(record);
    if (parsed.ok) sound.push(parsed.value);
    else context.skip(table, parsed.error.message);
  }
  return sound;
}
