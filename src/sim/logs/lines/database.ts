import type { LineTemplate } from '../templates';

/** What database servers write. */
export const DATABASE_LINES: readonly LineTemplate[] = [
  {
    level: 'info',
    weight: 30,
    text: 'duration: {ms} ms  execute S_{small}: SELECT * FROM {table} WHERE id = {count}',
  },
  {
    level: 'info',
    weight: 20,
    text: 'duration: {ms} ms  execute S_{small}: UPDATE {table} SET updated_at = now() WHERE id = {count}',
  },
  { level: 'info', weight: 12, text: 'connection authorized: user={user} database=shop host={peer} port={port}' },
  {
    level: 'info',
    weight: 10,
    text: 'disconnection: session time 0:00:{small} user={user} database=shop host={peer}',
  },
  { level: 'info', weight: 8, text: 'checkpoint complete: wrote {count} buffers ({percent}%); sync={seconds} s' },
  { level: 'info', weight: 6, text: 'automatic vacuum of table "shop.public.{table}": {count} tuples removed' },
  { level: 'debug', weight: 5, text: 'replication lag to {peer}: {ms} ms, {bytes} bytes behind' },
  { level: 'warning', weight: 2.5, text: 'slow query: {slowMs} ms  SELECT * FROM {table} ORDER BY created_at' },
  {
    level: 'warning',
    weight: 1.6,
    text: 'process {pid} still waiting for ShareLock on transaction {count} after {slowMs} ms',
  },
  { level: 'error', weight: 0.9, text: 'duplicate key value violates unique constraint "{table}_pkey"' },
  { level: 'debug', weight: 4, text: 'plan cache: {percent}% hits over {count} statements' },
  { level: 'info', weight: 3, text: 'automatic analyze of table "shop.public.{table}" took {ms} ms' },
  { level: 'info', weight: 3, text: 'logical slot shop_{shard}: confirmed flush at {count}/{id}' },
  { level: 'warning', weight: 1.5, text: 'temporary file: path "base/pgsql_tmp/pgsql_tmp{pid}.{small}", size {bytes}' },
  {
    level: 'error',
    weight: 1.2,
    text: 'deadlock detected',
    as: 'block',
    follow: [
      'DETAIL:  Process {pid} waits for ShareLock on transaction {count}; blocked by process {pid}.',
      'HINT:  See server log for query details.',
      'STATEMENT:  UPDATE {table} SET state = $1 WHERE id = $2',
    ],
  },
];
