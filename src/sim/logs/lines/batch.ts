import type { LineTemplate } from '../templates';

/** What batch servers write. */
export const BATCH_LINES: readonly LineTemplate[] = [
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
  { level: 'debug', weight: 8, text: 'job {job} run {id}: read {count} rows of {shard} in {seconds}s' },
  { level: 'info', weight: 6, text: 'scheduler: {small} jobs waiting, {small} running' },
  { level: 'info', weight: 5, text: 'job {job} run {id}: checkpoint {small} written' },
  {
    level: 'warning',
    weight: 1.4,
    text: 'job {job} run {id}: row rejected',
    as: 'block',
    follow: [
      'Traceback (most recent call last):',
      '  File "/srv/jobs/parse.py", line 73, in read_row',
      '    when = datetime.fromisoformat(row["created_at"])',
      "ValueError: Invalid isoformat string: '{id}'",
    ],
  },
];
