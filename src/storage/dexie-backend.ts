import Dexie, { type Collection, type Transaction } from 'dexie';
import type { Backend, Durability, Key, RangeQuery, Tx } from './backend';
import { dexieKeyPath, dexieStores, keyPathOf, SCHEMA_VERSION, type TableName } from './schema';
import { isLostConnection, isQuotaError } from './trouble';

/** Reopening a lost connection is tried so often before the error is handed on. */
const REOPEN_TRIES = 3;

/** Opening failed in a way that a person should read. */
class OpenError extends Error {
  override readonly name = 'OpenError';
}

/** The transaction was aborted for want of room: its requests only say that it was aborted. */
class OutOfRoomError extends Error {
  override readonly name = 'OutOfRoomError';
  constructor(cause: unknown) {
    super('the disk or its share for this site is full', { cause });
  }
}

/**
 * Opens the database on disk. Durability is a property of a Dexie handle, so that there are two on one database: facts go through the
 * strict one, telemetry through the relaxed one. Rejects with what IndexedDB said, or an OpenError when the stored data is of a newer schema.
 */
export async function openDexieBackend(name: string): Promise<Backend> {
  const handles: Readonly<Record<Durability, Dexie>> = {
    strict: createHandle(name, 'strict'),
    relaxed: createHandle(name, 'relaxed'),
  };
  const close = (): void => {
    handles.strict.close();
    handles.relaxed.close();
  };
  try {
    await refuseNewerSchema(name);
    await handles.strict.open();
    await handles.relaxed.open();
  } catch (error) {
    close();
    throw error;
  }

  const run = async <T>(
    mode: 'r' | 'rw',
    tables: readonly TableName[],
    durability: Durability,
    work: (tx: Tx) => Promise<T>,
  ): Promise<T> => {
    const handle = handles[durability];
    for (let tries = 0; ; tries++) {
      const connection = handle.isOpen() ? handle.backendDB() : undefined;
      let native: IDBTransaction | undefined;
      try {
        if (connection === undefined) await handle.open();
        return await handle.transaction(mode, [...tables], (tx) => {
          native = tx.idbtrans;
          return work(dexieTx(tx));
        });
      } catch (error) {
        if (isQuotaError(native?.error)) throw new OutOfRoomError(native?.error);
        if (closed || tries >= REOPEN_TRIES || !isLostConnection(error)) throw error;
        // Another transaction, or Dexie itself, may have opened a new connection meanwhile: that one stays.
        if (handle.isOpen() && handle.backendDB() === connection) handle.close({ disableAutoOpen: true });
      }
    }
  };

  let closed = false;
  return {
    mode: 'disk',
    read: (tables, work) => run('r', tables, 'strict', work),
    write: (tables, durability, work) => run('rw', tables, durability, work),
    close: () => {
      closed = true;
      close();
    },
  };
}

/** Dexie would open a database of a newer schema without complaint and add its own tables to it. */
async function refuseNewerSchema(name: string): Promise<void> {
  // Firefox before 126 cannot list databases.
  if (indexedDB.databases === undefined) return;
  const version = (await indexedDB.databases()).find((database) => database.name === name)?.version ?? 0;
  // Dexie multiplies versions by ten; the last digit counts its own repairs.
  const stored = Math.floor(version / 10);
  if (stored > SCHEMA_VERSION) {
    throw new OpenError(
      `the stored data was written by a newer version of this app (schema ${stored}, this app reads up to ${SCHEMA_VERSION})`,
    );
  }
}

function createHandle(name: string, durability: Durability): Dexie {
  // autoOpen would silently make a new database where a wiped one was.
  const handle = new Dexie(name, { autoOpen: false, chromeTransactionDurability: durability, cache: 'disabled' });
  handle.version(SCHEMA_VERSION).stores(dexieStores());
  return handle;
}

function dexieTx(tx: Transaction): Tx {
  return {
    get: (table, key) => tx.table(table).get(mutable(key)),
    getAll: (table, keys) => tx.table(table).bulkGet(keys.map(mutable)),
    range: (table, query) => collectionOf(tx, table, query).toArray(),
    put: async (table, records) => {
      await tx.table(table).bulkPut([...records]);
    },
    remove: (table, keys) => tx.table(table).bulkDelete(keys.map(mutable)),
    clear: (table) => tx.table(table).clear(),
    count: (table) => tx.table(table).count(),
  };
}

function collectionOf(tx: Transaction, table: TableName, query: RangeQuery): Collection<unknown> {
  const index = query.index === 'primary' ? ':id' : dexieKeyPath(keyPathOf(table, query.index));
  const from = query.from === undefined ? Dexie.minKey : mutable(query.from);
  const to = query.to === undefined ? Dexie.maxKey : mutable(query.to);
  let collection: Collection<unknown> = tx.table<unknown>(table).where(index).between(from, to, true, true);
  if (query.reverse === true) collection = collection.reverse();
  return query.limit === undefined ? collection : collection.limit(query.limit);
}

/** Dexie's types want arrays that it could change. */
function mutable(key: Key): string | number | Key[] {
  return typeof key === 'object' ? [...key] : key;
}
