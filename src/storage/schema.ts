/** Every database name starts so: all project pages of one GitHub user share an origin. */
export const DATABASE_PREFIX = 'cloud-anomaly-dashboard';

export const SCHEMA_VERSION = 2;

export type KeyPath = string | readonly string[];

export interface TableSpec {
  readonly primaryKey: KeyPath;
  /** Index name -> key path. */
  readonly indexes: Readonly<Record<string, KeyPath>>;
}

/**
 * The tables of the present schema. Big content stands apart from what lists need: telemetry and log columns apart from `chunks`
 * (their size and place), model contents apart from `models`.
 */
export const TABLES = {
  runs: { primaryKey: 'runId', indexes: { byStart: 'startedAt' } },
  chunks: {
    primaryKey: ['kind', 'runId', 'seq'],
    indexes: { byAge: 'order', byEnd: ['kind', 'runId', 'to'] },
  },
  telemetry: { primaryKey: ['runId', 'seq'], indexes: {} },
  logs: { primaryKey: ['runId', 'seq'], indexes: {} },
  alerts: { primaryKey: 'id', indexes: { byTime: 'openedAt', byRun: ['runId', 'openedAt'] } },
  decisions: { primaryKey: 'order', indexes: { byId: 'id', byRun: ['runId', 'order'] } },
  injections: { primaryKey: ['runId', 'id'], indexes: { byRun: ['runId', 'from'] } },
  models: { primaryKey: 'id', indexes: { byVersion: ['kind', 'version'] } },
  modelContents: { primaryKey: 'id', indexes: {} },
  /** What was counted against the truth, by run: read by nobody but the one page that shows it. */
  boards: { primaryKey: 'runId', indexes: {} },
  /** A person's own scenarios, as the text of their files. */
  scenarios: { primaryKey: 'key', indexes: { byTime: 'keptAt' } },
  settings: { primaryKey: 'key', indexes: {} },
  counters: { primaryKey: 'key', indexes: {} },
} as const satisfies Record<string, TableSpec>;

export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

/** Key path of a table's index; its primary key for `primary`. */
export function keyPathOf(table: TableName, index: string): KeyPath {
  const spec: TableSpec = TABLES[table];
  const path = index === 'primary' ? spec.primaryKey : spec.indexes[index];
  if (path === undefined) throw new Error(`table ${table} has no index ${index}`);
  return path;
}

/** The present schema in Dexie's notation, e.g. `{alerts: 'id,openedAt,[runId+openedAt]'}`. */
export function dexieStores(): Record<string, string> {
  const stores: Record<string, string> = {};
  for (const name of TABLE_NAMES) {
    const spec: TableSpec = TABLES[name];
    stores[name] = [spec.primaryKey, ...Object.values(spec.indexes)].map(dexieKeyPath).join(',');
  }
  return stores;
}

/** One key path in Dexie's notation: `runId` or `[runId+seq]`. */
export function dexieKeyPath(path: KeyPath): string {
  return typeof path === 'string' ? path : `[${path.join('+')}]`;
}
