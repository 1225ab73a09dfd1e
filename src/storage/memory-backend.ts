import { type Backend, compareKeys, type Key, keyAt, primaryKeyOf, type RangeQuery, type Tx } from './backend';
import { keyPathOf, TABLE_NAMES, type TableName } from './schema';

type Table = Map<string, object>;
type Tables = Map<TableName, Table>;

/**
 * A backend that lives as long as the tab, for browsers where IndexedDB is missing, failing or never answering. Transactions run one
 * after the other on copies of the tables they name, which replace the originals only when the work succeeds; records are cloned on the way
 * in and out, so that nobody holds a stored record.
 */
export function openMemoryBackend(): Backend {
  const tables: Tables = new Map(TABLE_NAMES.map((name) => [name, new Map()]));
  let last: Promise<unknown> = Promise.resolve();

  const run = <T>(names: readonly TableName[], keep: boolean, work: (tx: Tx) => Promise<T>): Promise<T> => {
    const result = last.then(async () => {
      const draft: Tables = new Map(names.map((name) => [name, new Map(tables.get(name))]));
      const value = await work(memoryTx(draft));
      if (keep) for (const [name, table] of draft) tables.set(name, table);
      return value;
    });
    // The next transaction starts whether or not this one failed; its caller sees the failure through `result`.
    last = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };

  return {
    mode: 'memory',
    read: (names, work) => run(names, false, work),
    write: (names, _durability, work) => run(names, true, work),
    close: () => undefined,
  };
}

function memoryTx(tables: Tables): Tx {
  const tableOf = (name: TableName): Table => {
    const table = tables.get(name);
    if (table === undefined) throw new Error(`table ${name} is not part of this transaction`);
    return table;
  };
  const find = (name: TableName, key: Key): unknown => structuredClone(tableOf(name).get(JSON.stringify(key)));
  return {
    get: async (name, key) => find(name, key),
    getAll: async (name, keys) => keys.map((key) => find(name, key)),
    range: async (name, query) => rangeOf(tableOf(name), name, query).map((record) => structuredClone(record)),
    put: async (name, records) => {
      const table = tableOf(name);
      for (const record of records) {
        const key = primaryKeyOf(name, record);
        if (key === undefined) throw new Error(`a record for table ${name} has no valid key`);
        table.set(JSON.stringify(key), structuredClone(record));
      }
    },
    remove: async (name, keys) => {
      for (const key of keys) tableOf(name).delete(JSON.stringify(key));
    },
    clear: async (name) => tableOf(name).clear(),
    count: async (name) => tableOf(name).size,
  };
}

function rangeOf(table: Table, name: TableName, query: RangeQuery): object[] {
  const path = keyPathOf(name, query.index);
  const found: { readonly key: Key; readonly id: Key; readonly record: object }[] = [];
  for (const record of table.values()) {
    const key = keyAt(record, path);
    const id = primaryKeyOf(name, record);
    // As in IndexedDB, a record without a valid key is not in the index.
    if (key === undefined || id === undefined) continue;
    if (query.from !== undefined && compareKeys(key, query.from) < 0) continue;
    if (query.to !== undefined && compareKeys(key, query.to) > 0) continue;
    found.push({ key, id, record });
  }
  const sign = query.reverse === true ? -1 : 1;
  found.sort((a, b) => sign * (compareKeys(a.key, b.key) || compareKeys(a.id, b.id)));
  return found.slice(0, query.limit).map((entry) => entry.record);
}
