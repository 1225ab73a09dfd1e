import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectOk, messagesOf, readWhole } from './testing';
import type { ParsedFile } from './types';

/** Real files that are never committed; where they are absent these tests are skipped. */
const folder = process.env.SHARED_DATA ?? join(process.cwd(), '../shared/data');
const present = existsSync(join(folder, 'manifest.csv'));
if (!present) console.warn(`no data in ${folder}: the tests of ingest with real files are skipped (set SHARED_DATA)`);

const read = (path: string): ParsedFile => expectOk(readWhole(readFileSync(join(folder, path)), { name: path }));

describe.skipIf(!present)('real files', () => {
  it.each([
    ['HDFS', 'log4j-like', 1],
    ['Spark', 'log4j-like', 1],
    ['Zookeeper', 'log4j-like', 1],
    ['Windows', 'log4j-like', 1],
    ['Android', 'android', 1],
    ['BGL', 'bgl', 256],
    ['HPC', 'hpc', 256],
    ['Mac', 'syslog-3164', 38],
  ])('%s: 2,000 lines of the format %s, each with a time', (system, format, devices) => {
    const parsed = read(`logparse/${system}_2k.log`);
    expect([parsed.format, parsed.rows, parsed.badRows, parsed.clock]).toEqual([format, 2_000, 0, 'file']);
    expect(parsed.catalog.devices).toHaveLength(devices);
    expect(parsed.notes.some((note) => note.includes('without a time'))).toBe(false);
    // The published content of each line is the end of the message as it is read here, for almost all lines.
    const content = messagesOf(read(`logparse/${system}_2k.content.csv`));
    const ends = new Set(messagesOf(parsed).map((message) => message.replace(/\s+/g, ' ').slice(-25).trim()));
    const found = content.filter(
      (text) => ends.has(text.replace(/\s+/g, ' ').trim().slice(-25).trim()) || text.length < 25,
    );
    expect(found.length).toBeGreaterThan(1_900);
  });

  it.each(['nab', 'cloudmon', 'smd', 'asd'])('%s: time, metrics and labels of every file, no row lost', (set) => {
    const files = readdirSync(join(folder, set), { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.csv'),
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of files.slice(0, 2)) {
      const parsed = read(join(set, file));
      const lines =
        readFileSync(join(folder, set, file), 'utf8')
          .trimEnd()
          .split('\n').length - 1;
      expect([file, parsed.rows, parsed.badRows, parsed.clock]).toEqual([file, lines, 0, 'file']);
      expect(parsed.labels).toHaveLength(lines);
      expect(parsed.catalog.metrics.map((metric) => metric.key)).not.toContain('label');
    }
  });

  it('log lines in a table, with and without times', () => {
    const bgl = read('logs/bgl_2k.csv');
    expect([bgl.kind, bgl.rows, bgl.labels?.reduce((sum, label) => sum + label, 0)]).toEqual(['logs', 2_000, 143]);
    const hdfs = read('logs/hdfs_test_lines.csv');
    expect([hdfs.kind, hdfs.badRows, hdfs.clock]).toEqual(['logs', 0, 'synthetic']);
  });
});
