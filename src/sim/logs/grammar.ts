import type { Role } from '../roles';
import { compileChoice, type LineChoice, type LineTemplate } from './templates';

/** What every server writes now and then. */
export const COMMON_LINES: readonly LineTemplate[] = [
  { level: 'info', weight: 5, text: 'systemd[1]: Started {unit}.service' },
  { level: 'info', weight: 4, text: 'systemd[1]: {unit}.service: Deactivated successfully' },
  { level: 'info', weight: 5, text: 'CRON[{pid}]: ({user}) CMD (/usr/lib/sysstat/sa1 1 1)' },
  { level: 'info', weight: 4, text: 'sshd[{pid}]: Accepted publickey for {user} from {peer} port {port} ssh2' },
  { level: 'info', weight: 4, text: 'sshd[{pid}]: Disconnected from user {user} {peer} port {port}' },
  { level: 'info', weight: 6, text: 'health check /healthz from {peer} ok in {ms}ms' },
  { level: 'debug', weight: 4, text: 'metrics exporter scraped by {peer}: {count} series in {ms}ms' },
  { level: 'info', weight: 2, text: 'chronyd[{pid}]: Selected source {peer} (ntp-{city})' },
  {
    level: 'warning',
    weight: 1.5,
    text: 'kernel: TCP: request_sock_TCP: retransmitting SYN-ACK to {peer} port {port}',
  },
  { level: 'warning', weight: 1.2, text: 'certificate for {host}.example.net expires in {day} days' },
  { level: 'info', weight: 1.5, text: 'dhclient[{pid}]: bound to {peer} -- renewal in {count} seconds' },
  { level: 'info', weight: 1.2, text: 'config reloaded from /etc/agent/agent.yaml: {small} changes' },
  {
    level: 'error',
    weight: 0.8,
    text: 'sshd[{pid}]: error: maximum authentication attempts exceeded for {user} from {peer}',
  },
];

/**
 * What the servers of each role write. Rare lines of roles with few devices weigh more, so that twelve minutes of a fleet of 24 show
 * every kind: a line that never came before is news to a detector, even when it is harmless.
 */
export const ROLE_LINES: Readonly<Record<Role, readonly LineTemplate[]>> = {
  web: [
    { level: 'info', weight: 70, text: '{client} "GET {route} HTTP/1.1" {okStatus} {bytes} {ms}ms "{agent}"' },
    { level: 'info', weight: 22, text: '{client} "POST {route} HTTP/1.1" 302 {bytes} {ms}ms "{agent}"' },
    { level: 'info', weight: 7, text: '{client} "GET {route} HTTP/1.1" 404 {bytes} {ms}ms "{agent}"' },
    { level: 'debug', weight: 7, text: 'session {id} renewed for user {user}' },
    { level: 'info', weight: 5, text: 'upstream keep-alive pool: {small} idle, {count} reused' },
    { level: 'warning', weight: 3, text: 'upstream {peer} answered slowly: {slowMs}ms for {route}' },
    { level: 'warning', weight: 2, text: 'client {client} closed connection while sending response' },
    { level: 'error', weight: 0.9, text: 'upstream {peer} timed out after {slowMs}ms, retried on next peer' },
  ],
  api: [
    { level: 'info', weight: 62, text: 'request {trace} GET {apiRoute} -> 200 in {ms}ms' },
    { level: 'info', weight: 28, text: 'request {trace} POST {apiRoute} -> 201 in {ms}ms user={user}' },
    { level: 'info', weight: 8, text: 'token issued for {user} scope=read,write ttl=3600 id={uuid}' },
    { level: 'debug', weight: 8, text: 'cache hit ratio {percent}% over {count} lookups' },
    { level: 'debug', weight: 6, text: 'gc: minor collection freed {megabytes} MB in {ms}ms' },
    { level: 'warning', weight: 3, text: 'request {trace} GET {apiRoute} -> 429 rate limit for {client}' },
    { level: 'warning', weight: 2.4, text: 'validation failed for {apiRoute}: field quantity out of range ({small})' },
    { level: 'error', weight: 0.9, text: 'request {trace} POST {apiRoute} -> 502 upstream {peer} reset, retrying' },
  ],
  database: [
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
  ],
  cache: [
    { level: 'info', weight: 24, text: 'keyspace stats: {count} keys, {percent}% expires, hits={count}' },
    { level: 'info', weight: 18, text: 'evicted {count} keys with policy allkeys-lru, used {megabytes} MB' },
    { level: 'info', weight: 14, text: 'accepted connection id={count} addr={peer}:{port}' },
    { level: 'debug', weight: 12, text: 'active defrag cycle done: {percent}% reclaimed in {ms}ms' },
    { level: 'info', weight: 10, text: 'background saving started by pid {pid}' },
    { level: 'info', weight: 10, text: 'DB saved on disk: {megabytes} MB of memory used by copy-on-write' },
    { level: 'warning', weight: 2.5, text: 'slow command: HGETALL session:{id} took {slowMs} us' },
    { level: 'error', weight: 1.7, text: 'client {peer}:{port} closed: output buffer limit reached' },
  ],
  queue: [
    { level: 'info', weight: 40, text: 'message {uuid} from {topic} handled in {ms}ms' },
    { level: 'info', weight: 16, text: 'consumer worker-{small} joined group {topic}, {small} partitions assigned' },
    { level: 'info', weight: 14, text: 'offset commit {topic}/{small} at {count}' },
    { level: 'debug', weight: 10, text: 'prefetch window for {topic} set to {count}' },
    { level: 'info', weight: 8, text: 'segment {count} of {topic} rolled, {megabytes} MB' },
    { level: 'warning', weight: 3, text: 'message {uuid} from {topic} retried: attempt {small}' },
    { level: 'warning', weight: 2, text: 'consumer lag on {topic}/{small}: {count} messages' },
    { level: 'error', weight: 1.7, text: 'message {uuid} moved to dead-letter queue {topic}.dlq' },
  ],
  batch: [
    { level: 'info', weight: 18, text: 'job {job} run {id} started by scheduler' },
    { level: 'info', weight: 26, text: 'job {job} run {id}: stage {small} of 12, {count} rows' },
    { level: 'info', weight: 14, text: 'job {job} run {id} finished in {seconds}s, {count} rows written' },
    { level: 'info', weight: 12, text: 'uploaded s3://reports/{job}/{id}.parquet ({megabytes} MB)' },
    { level: 'debug', weight: 8, text: 'spill to /var/tmp/spill-{id}: {megabytes} MB' },
    { level: 'warning', weight: 3, text: 'job {job} run {id}: {small} rows skipped, malformed date' },
    { level: 'warning', weight: 2, text: 'job {job} waits for lock held by run {id}' },
    {
      level: 'error',
      weight: 1.7,
      text: 'job {job} run {id}: attempt {small} failed, connection reset by {peer}, will retry',
    },
  ],
  edge: [
    { level: 'info', weight: 48, text: 'edge {city}: {client} GET {route} HIT {bytes}B ttfb={ms}ms' },
    { level: 'info', weight: 18, text: 'edge {city}: {client} GET {route} MISS {bytes}B ttfb={ms}ms origin={peer}' },
    { level: 'info', weight: 8, text: 'tls: handshake with {client} done, TLSv1.3 resumed' },
    { level: 'debug', weight: 7, text: 'purge of {small} objects for tag {id} done in {ms}ms' },
    { level: 'info', weight: 6, text: 'route table updated by bgp peer {peer}: {count} prefixes' },
    { level: 'warning', weight: 2.5, text: 'origin {peer} slow: ttfb {slowMs}ms for {route}, serving stale' },
    { level: 'warning', weight: 1.8, text: 'tls: handshake with {client} failed: unsupported version' },
    { level: 'error', weight: 0.8, text: 'origin {peer} unreachable for {slowMs}ms, failed over to shield' },
  ],
};

/** The lines of each role together with the common ones, ready to be picked. */
export const GRAMMAR: Readonly<Record<Role, LineChoice>> = {
  web: compileChoice([...ROLE_LINES.web, ...COMMON_LINES]),
  api: compileChoice([...ROLE_LINES.api, ...COMMON_LINES]),
  database: compileChoice([...ROLE_LINES.database, ...COMMON_LINES]),
  cache: compileChoice([...ROLE_LINES.cache, ...COMMON_LINES]),
  queue: compileChoice([...ROLE_LINES.queue, ...COMMON_LINES]),
  batch: compileChoice([...ROLE_LINES.batch, ...COMMON_LINES]),
  edge: compileChoice([...ROLE_LINES.edge, ...COMMON_LINES]),
};
