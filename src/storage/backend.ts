import { type KeyPath, keyPathOf, type TableName } from './schema';

export type Key = string | number | readonly Key[];

/** Sorts after every other key: IndexedDB orders numbers before texts before arrays. */
export const LAST_KEY: Key = [[]];

export interface RangeQuery {
  /** An index of the table, or `primary`. */
  readonly index: string;
  /** Inclusive bounds; without them the range is open on that side. */
  readonly from?: Key;
  readonly to?: Key;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/** A transaction: all of it happens or nothing. Records come back as `unknown`: what was read is checked by its table's own file. */
export interface Tx {
  get(table: TableName, key: Key): Promise<unknown>;
  getAll(table: TableName, keys: readonly Key[]): Promise<readonly unknown[]>;
  /** Records in the order of the index. */
  range(table: TableName, query: RangeQuery): Promise<readonly unknown[]>;
  put(table: TableName, records: readonly object[]): Promise<void>;
  remove(table: TableName, keys: readonly Key[]): Promise<void>;
  clear(table: TableName): Promise<void>;
  count(table: TableName): Promise<number>;
}

/** `strict`: flushed to the disk when the promise resolves. `relaxed`: handed to the operating system. */
export type Durability = 'strict' | 'relaxed';

/** Where records live. Two of them: Dexie on disk, and memory where IndexedDB is not to be had. */
export interface Backend {
  readonly mode: 'disk' | 'memory';
  read<T>(tables: readonly TableName[], work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Inside `work` only calls of `tx` may be awaited: IndexedDB commits a transaction that waits for anything else. */
  write<T>(tables: readonly TableName[], durability: Durability, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): void;
}

/** Order of two keys as IndexedDB defines it for numbers, texts and arrays of them. */
export function compareKeys(a: Key, b: Key): number {
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (Array.isArray(a) && Array.isArray(b)) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      const order = compareKeys(a[i] as Key, b[i] as Key);
      if (order !== 0) return order;
    }
    return a.length - b.length;
  }
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function rankOf(key: Key): number {
  if (typeof key === 'number') return 0;
  return typeof key === 'string' ? 1 : 2;
}

/** A record's key in an index, as IndexedDB reads it; undefined where it has none, and so is not in the index. */
export function keyAt(record: unknown, path: KeyPath): Key | undefined {
  if (typeof path !== 'string') {
    const parts = path.map((part) => keyAt(record, part));
    return parts.some((part) => part === undefined) ? undefined : (parts as Key[]);
  }
  if (typeof record !== 'object' || record === null) return undefined;
  const value: unknown = (record as Readonly<Record<string, unknown>>)[path];
  return typeof value === 'string' || (typeof value === 'number' && !Number.isNaN(value)) ? value : undefined;
}

/** What a record of a table is stored under. */
export function primaryKeyOf(table: TableName, record: unknown): Key | undefined {
  return keyAt(record, keyPathOf(table, 'primary'));
}
