import type { LineTemplate } from '../templates';

/** What cache servers write. */
export const CACHE_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 24, text: 'keyspace stats: {count} keys, {percent}% expires, hits={count}' },
  { level: 'info', weight: 18, text: 'evicted {count} keys with policy allkeys-lru, used {megabytes} MB' },
  { level: 'info', weight: 14, text: 'accepted connection id={count} addr={peer}:{port}' },
  { level: 'debug', weight: 12, text: 'active defrag cycle done: {percent}% reclaimed in {ms}ms' },
  { level: 'info', weight: 10, text: 'background saving started by pid {pid}' },
  { level: 'info', weight: 10, text: 'DB saved on disk: {megabytes} MB of memory used by copy-on-write' },
  { level: 'warning', weight: 2.5, text: 'slow command: HGETALL session:{id} took {slowMs} us' },
  { level: 'error', weight: 1.7, text: 'client {peer}:{port} closed: output buffer limit reached' },
  { level: 'debug', weight: 8, text: 'hash slot {count} served, ttl sweep removed {small} keys' },
  { level: 'info', weight: 6, text: 'replica {peer}:{port} synchronised, offset {count}' },
  { level: 'info', weight: 5, text: 'append-only file rewritten, {megabytes} MB in {seconds}s' },
  { level: 'warning', weight: 2, text: 'pipeline of {count} commands from {peer} is longer than usual' },
];
