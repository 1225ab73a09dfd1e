import { describe, expect, it } from 'vitest';
import { expectOk, inspectWhole, readWhole } from './testing';

const minute = (n: number): number => Date.UTC(2024, 0, 1, 0, n);
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('a CSV of metrics', () => {
  const text = [
    'timestamp,host,cpu_usage,requests,label',
    '2024-01-01T00:00:00Z,web-1,10,5,0',
    '2024-01-01T00:00:00Z,web-2,20,,0',
    '2024-01-01T00:01:00Z,web-1,30.5,7,1',
  ].join('\n');

  it('is previewed with its mapping', () => {
    const { preview } = expectOk(inspectWhole(bytes(text), 'fleet.csv'));
    expect(preview).toMatchObject({
      kind: 'metrics',
      format: 'csv',
      columns: ['timestamp', 'host', 'cpu_usage', 'requests', 'label'],
      mapping: { time: 'timestamp', device: 'host', label: 'label', metrics: ['cpu_usage', 'requests'] },
      notes: [],
    });
    expect(preview.rows[1]).toEqual(['2024-01-01T00:00:00Z', 'web-2', '20', '', '0']);
  });

  it('becomes columns: time, device, metrics with missing values, and labels apart', () => {
    const parsed = expectOk(readWhole(text));
    expect([...parsed.metrics.t]).toEqual([minute(0), minute(0), minute(1)]);
    expect([...parsed.metrics.device]).toEqual([0, 1, 0]);
    expect(parsed.metrics.metrics.map((column) => [...column])).toEqual([
      [10, 20, 30.5],
      [5, Number.NaN, 7],
    ]);
    expect(parsed.labels && [...parsed.labels]).toEqual([0, 0, 1]);
    expect(parsed.catalog.devices.map((device) => [device.id, device.name])).toEqual([
      ['file:web-1', 'web-1'],
      ['file:web-2', 'web-2'],
    ]);
    expect(parsed.catalog.metrics[0]).toMatchObject({ key: 'cpu_usage', unit: '%', min: 0, max: 100, breachAt: 95 });
    expect(parsed.catalog.metrics[1]).toMatchObject({ key: 'requests', unit: '', min: Number.NEGATIVE_INFINITY });
    expect([parsed.rows, parsed.badRows, parsed.logs.n, parsed.clock]).toEqual([3, 0, 0, 'file']);
  });

  it('is the same however its bytes are cut', () => {
    const whole = readWhole(`${text}\n2024-01-01T00:02:00Z,"wéb ""3""",1,2,0`);
    for (const chunkBytes of [1, 3, 7])
      expect(readWhole(`${text}\n2024-01-01T00:02:00Z,"wéb ""3""",1,2,0`, { chunkBytes })).toEqual(whole);
  });

  it('takes the mapping that a person chose, and refuses one that cannot be', () => {
    const mapping = { time: 'timestamp', device: undefined, label: undefined, metrics: ['requests'] };
    const parsed = expectOk(readWhole(text, { mapping }));
    expect(parsed.catalog.metrics.map((metric) => metric.key)).toEqual(['requests']);
    expect(parsed.catalog.devices.map((device) => device.name)).toEqual(['file']);
    expect(parsed.labels).toBeUndefined();
    const refused = (change: object): unknown => readWhole(text, { mapping: { ...mapping, ...change } });
    expect(refused({ time: 'when' })).toMatchObject({
      error: { code: 'mapping', message: 'there is no column "when"' },
    });
    expect(refused({ metrics: [] })).toMatchObject({ error: { message: 'no metric column is chosen' } });
    expect(refused({ metrics: ['requests', 'requests'] })).toMatchObject({
      error: { message: 'column "requests" is chosen twice' },
    });
  });

  it('keeps good rows and tells bad ones with line and value', () => {
    const parsed = expectOk(
      readWhole(
        'time,a,b\n2024-01-01,1,2\nnever,1,2\n2024-01-02,x,2\n2024-01-03,x,1e999\n2024-01-04,1\n\n2024-01-05,3,4\n2024-01-06,,\n',
        { mapping: { time: 'time', device: undefined, label: undefined, metrics: ['a', 'b'] } },
      ),
    );
    expect([...parsed.metrics.metrics[1]]).toEqual([2, 2, 4, Number.NaN]);
    expect([parsed.rows, parsed.badRows]).toEqual([4, 3]);
    expect(parsed.problems).toEqual([
      { line: 3, message: 'time: "never" is not a time' },
      { line: 4, message: 'a: "x" is not a number in range; taken as missing' },
      { line: 5, message: 'a: "x" is not a number in range' },
      { line: 6, message: '2 cells where the table has 3: "2024-01-04,1"' },
    ]);
    expect(parsed.notes).toContain('1 row with a time and no value: kept as gaps');
  });

  it('forgives one stray cell when it judges a short column', () => {
    const { preview } = expectOk(
      inspectWhole(bytes('time,a,b\nnever,1,x\n2024-01-02,2,y\n2024-01-03,oops,z'), 'x.csv'),
    );
    expect(preview.mapping).toEqual({ time: 'time', device: undefined, label: undefined, metrics: ['a'] });
  });

  it('tells the first hundred problems and counts all', () => {
    const good = Array.from({ length: 300 }, (_, i) => `${1_700_000_000 + i},${i}\n`).join('');
    const parsed = expectOk(readWhole(`time,a\n${good}${'never,1\n'.repeat(150)}`));
    expect([parsed.problems.length, parsed.badRows, parsed.rows]).toEqual([100, 150, 300]);
  });

  it('sorts rows that are out of order and keeps equal times as they stood', () => {
    const parsed = expectOk(readWhole('time,a\n2024-01-02,1\n2024-01-01,2\n2024-01-02,3\n2024-01-01,4'));
    expect([...parsed.metrics.metrics[0]]).toEqual([2, 4, 1, 3]);
    expect(parsed.notes).toContain('the rows were not in order of time and were sorted');
  });

  it('reads semicolons with decimal commas, tabs, and dates that lead with the day', () => {
    const parsed = expectOk(readWhole('Zeit;Wert\n25.12.2024 10:00;1,5\n26.12.2024 10:00;2.000,25\n'));
    expect([...parsed.metrics.metrics[0]]).toEqual([1.5, 2000.25]);
    expect(new Date(parsed.metrics.t[0]).toISOString()).toBe('2024-12-25T10:00:00.000Z');
    expect([...expectOk(readWhole('t\tv\n1700000000\t1\n1700000060\t2')).metrics.metrics[0]]).toEqual([1, 2]);
  });

  it('puts rows without times a minute apart from the day of the file', () => {
    const parsed = expectOk(readWhole('value\n1\n2\n3'));
    expect([...parsed.metrics.t]).toEqual([0, 60_000, 120_000].map((ms) => Date.UTC(2026, 10, 22) + ms));
    expect(parsed.clock).toBe('synthetic');
    expect(parsed.notes).toContain('no time column was found; the rows are put on an even grid');
  });

  it('numbers the columns of a table without a header', () => {
    const parsed = expectOk(readWhole('2024-01-01,5,6\n2024-01-02,7,8'));
    expect(parsed.catalog.metrics.map((metric) => metric.key)).toEqual(['column_2', 'column_3']);
    expect(parsed.rows).toBe(2);
  });

  it('renames empty, repeated and reserved headers and says so', () => {
    const parsed = expectOk(
      readWhole('time,__proto__,constructor,cpu,cpu,\n2024-01-01,1,2,3,4,5\n2024-01-02,1,2,3,4,5'),
    );
    expect(parsed.catalog.metrics.map((metric) => metric.key)).toEqual([
      'column_2',
      'column_3',
      'cpu',
      'cpu_2',
      'column_6',
    ]);
    expect(parsed.notes).toContain('column 2, "__proto__", has a reserved name; it is called column_2');
    expect(parsed.notes).toContain('5 columns never changed: column_2, column_3, cpu, cpu_2, column_6');
    expect(Object.hasOwn(Object.prototype, 'column_2')).toBe(false);
  });

  it('uses the first 64 of more metrics and refuses more than 512 columns', () => {
    const table = (n: number): string =>
      `time,${Array.from({ length: n }, (_, i) => `m${i}`).join(',')}\n2024-01-01,${Array(n).fill('1').join(',')}`;
    expect(expectOk(readWhole(table(70))).catalog.metrics).toHaveLength(64);
    expect(readWhole(table(600))).toMatchObject({
      error: { code: 'too-many-columns', message: 'file.csv has 601 columns; the limit is 512' },
    });
  });

  it('finds devices of a panel by their repetition, and no row number is a metric', () => {
    const rows = Array.from(
      { length: 12 },
      (_, i) => `${i + 1},2024-01-0${1 + Math.floor(i / 4)},${'abcd'[i % 4]},${i}`,
    );
    const { preview } = expectOk(inspectWhole(bytes(`id,date,city,load\n${rows.join('\n')}`), 'x.csv'));
    expect(preview.mapping).toEqual({ time: 'date', device: 'city', label: undefined, metrics: ['load'] });
  });
});

describe('a CSV of log lines', () => {
  it('becomes lines with time, level, device and label', () => {
    const parsed = expectOk(
      readWhole(
        'timestamp,level,host,message,label\n2024-01-01T00:00:00Z,ERROR,n1,"disk ""sda"" failed, again",1\n2024-01-01T00:00:01Z,INFO,n2,all is well,0\n',
      ),
    );
    expect(parsed.kind).toBe('logs');
    expect(new TextDecoder().decode(parsed.logs.bytes)).toBe('disk "sda" failed, againall is well');
    expect([...parsed.logs.offsets]).toEqual([0, 24, 35]);
    expect([...parsed.logs.level]).toEqual([3, 1]);
    expect([...parsed.logs.device]).toEqual([0, 1]);
    expect(parsed.labels && [...parsed.labels]).toEqual([1, 0]);
    expect(parsed.metrics.n).toBe(0);
  });
});
