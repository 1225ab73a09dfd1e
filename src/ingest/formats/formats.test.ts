import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logMessage } from '../../domain/telemetry';
import { expectOk, messagesOf, readWhole, TEST_LATEST } from '../testing';
import type { LogRecord } from '../types';
import { detectFormat, FORMATS, findFormat } from './registry';

const options = { latest: TEST_LATEST };

/** Reads one line by the named format. */
function read(id: string, line: string): LogRecord | string | undefined {
  const format = findFormat(id);
  return format?.kind === 'lines' ? format.readLine(line, options) : undefined;
}

describe.each(FORMATS.map((format) => [format.id, format] as const))('format %s', (_id, format) => {
  it('has an id of its own, and is chosen for its own example', () => {
    expect(FORMATS.filter((other) => other.id === format.id)).toHaveLength(1);
    expect(detectFormat(format.example.split('\n'), 'file').id).toBe(format.id);
  });

  it('says 0 to 1 about any lines and 0 about none', () => {
    expect(format.sniff([])).toBe(0);
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (lines) => {
        const fit = format.sniff(lines);
        expect(fit >= 0 && fit <= 1).toBe(true);
      }),
    );
  });

  it('reads its example and survives any line, of the longest length too', () => {
    if (format.kind !== 'lines') return;
    const record = format.readLine(format.example, options);
    expect(record).toMatchObject({ message: expect.stringMatching(/\S/) });
    const near = fc
      .tuple(fc.nat(80), fc.string({ unit: 'binary' }))
      .map(([at, text]) => format.example.slice(0, at) + text);
    fc.assert(
      fc.property(near, (line) => {
        const found = format.readLine(line, options);
        if (typeof found === 'object' && found.t !== undefined) expect(Number.isFinite(found.t)).toBe(true);
      }),
    );
    for (const bait of [' ', '-', '[', '1', '1 ', 'a:', '<1>', '"\\', '{"a":', '[[x'])
      format.readLine(bait.repeat(64_000 / bait.length), options);
  });
});

describe('the log formats', () => {
  it.each([
    [
      'log4j-like',
      '081109 203615 148 INFO dfs.DataNode: terminating',
      '2008-11-09T20:36:15.000Z',
      'info',
      'dfs.DataNode: terminating',
    ],
    ['log4j-like', '17/06/09 20:10:40 WARN spark.Sec: acls', '2017-06-09T20:10:40.000Z', 'warning', 'spark.Sec: acls'],
    [
      'log4j-like',
      '2015-07-29 19:04:29,071 - ERROR [Send:Q@688] - leaving',
      '2015-07-29T19:04:29.071Z',
      'error',
      '[Send:Q@688] - leaving',
    ],
    [
      'log4j-like',
      '2016-09-28 04:30:31, Info                  CBS    Loaded',
      '2016-09-28T04:30:31.000Z',
      'info',
      'CBS    Loaded',
    ],
    [
      'log4j-like',
      '[Sun Dec 04 04:47:44 2005] [error] mod_jk failed',
      '2005-12-04T04:47:44.000Z',
      'error',
      'mod_jk failed',
    ],
    [
      'log4j-like',
      'nova.log 2017-05-16 00:00:00.008 25746 INFO nova.wsgi [-] GET',
      '2017-05-16T00:00:00.008Z',
      'info',
      'nova.wsgi [-] GET',
    ],
    [
      'log4j-like',
      '2020-01-01 00:00:00 failed with error 5',
      '2020-01-01T00:00:00.000Z',
      'unknown',
      'failed with error 5',
    ],
    ['android', '03-17 16:13:38.811  1702  2395 E Tag: x', '2026-03-17T16:13:38.811Z', 'error', 'Tag: x'],
    ['plain', '2020-01-01 00:00:00 the FATAL end', '2020-01-01T00:00:00.000Z', 'critical', 'the FATAL end'],
  ])('%s reads %j', (id, line, time, level, message) => {
    expect(read(id, line)).toMatchObject({ t: Date.parse(time), level, message });
  });

  it('BGL gives node, level and the alert tag as a label', () => {
    const tail =
      '1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL FATAL data storage interrupt';
    expect(read('bgl', `- ${tail}`)).toMatchObject({
      device: 'R02-M1',
      level: 'critical',
      message: 'RAS KERNEL data storage interrupt',
      label: 0,
    });
    expect(read('bgl', `KERNDTLB ${tail}`)).toMatchObject({ label: 1 });
    expect(read('bgl', tail)).not.toHaveProperty('label');
  });

  it('syslog gives host and the severity of its PRI', () => {
    expect(read('syslog-3164', '<34>Oct 11 22:14:15 mymachine su: failed')).toEqual({
      t: Date.UTC(2026, 9, 11, 22, 14, 15),
      device: 'mymachine',
      level: 'critical',
      message: 'su: failed',
    });
    expect(read('syslog-5424', '<165>1 2003-10-11T22:14:15.003Z web-1 app 7 ID47 [a b="\\]\\""] hello')).toMatchObject({
      device: 'web-1',
      level: 'info',
    });
    expect(read('syslog-5424', '<165>1 never web-1 app - - - hello')).toBe('time "never" is not readable');
  });

  it('JSON lines take the names of the common loggers, and other objects stay whole', () => {
    expect(read('json-lines', '{"time":1700000000000,"level":50,"hostname":"a","msg":"x"}')).toEqual({
      t: 1_700_000_000_000,
      device: 'a',
      level: 'error',
      message: 'x',
    });
    expect(
      read('json-lines', '{"@timestamp":"2024-01-01T00:00:00Z","log.level":"WARN","host":{"name":"b"},"message":"y"}'),
    ).toMatchObject({ device: 'b', level: 'warning', message: 'y' });
    expect(read('json-lines', '{"a":1}')).toMatchObject({ t: undefined, level: 'unknown', message: '{"a":1}' });
    expect(read('json-lines', '{"a":')).toBe('not a JSON object');
    expect(read('json-lines', '{"__proto__":{"x":1},"msg":"z"}')).toMatchObject({ message: 'z' });
    expect(read('json-lines', `{"msg":${'['.repeat(20_000)}${']'.repeat(20_000)}}`)).toMatchObject({
      level: 'unknown',
    });
  });

  it('access logs get their level from the status', () => {
    const line = (status: number): string => `1.2.3.4 - - [10/Oct/2000:13:55:36 +0000] "GET / HTTP/1.0" ${status} 5`;
    expect([200, 404, 503].map((status) => read('access-log', line(status)))).toMatchObject([
      { level: 'info' },
      { level: 'warning' },
      { level: 'error' },
    ]);
  });
});

describe('a log file', () => {
  it('gives lines of another form the time and device of the line before', () => {
    const parsed = expectOk(
      readWhole('Jul  1 09:00:55 mac-1 kernel[0]: a\n\tat frame 1\nJul  1 09:00:54 mac-2 syslogd[4]: b\n', {
        name: 'system.log',
      }),
    );
    expect(parsed.format).toBe('syslog-3164');
    expect(messagesOf(parsed)).toEqual(['syslogd[4]: b', 'kernel[0]: a', '\tat frame 1']);
    expect([...parsed.logs.device]).toEqual([1, 0, 0]);
    expect(parsed.notes).toContain('1 line without a time took the time of the line before');
    expect(parsed.notes).toContain('the lines were not in order of time and were sorted');
  });

  it('without any times is put a second apart, and colours are taken out', () => {
    const parsed = expectOk(readWhole('\u001b[31mred\u001b[0m alert\r\nsecond\rthird', { name: 'x.log' }));
    expect(messagesOf(parsed)).toEqual(['red alert', 'second', 'third']);
    expect([...parsed.logs.t].map((t) => t - parsed.logs.t[0])).toEqual([0, 1000, 2000]);
    expect(parsed.clock).toBe('synthetic');
    expect(parsed.catalog.devices.map((device) => device.name)).toEqual(['x']);
  });

  it('refuses lines over the limit by number and keeps the others', () => {
    const parsed = expectOk(readWhole(`one\n${'x'.repeat(200_000)}\nthree`, { name: 'x.log', chunkBytes: 10_000 }));
    expect(messagesOf(parsed)).toEqual(['one', 'three']);
    expect(parsed.badRows).toBe(1);
    expect(parsed.problems[0]).toMatchObject({
      line: 2,
      message: expect.stringContaining('line longer than 64,000 characters'),
    });
  });

  it('keeps at most 256 hosts apart', () => {
    const lines = Array.from({ length: 300 }, (_, i) => `Jul  1 09:00:00 host-${i} app[1]: m${i}`);
    const parsed = expectOk(readWhole(lines.join('\n'), { name: 'x.log' }));
    expect(parsed.catalog.devices).toHaveLength(256);
    expect(parsed.catalog.devices.at(-1)?.name).toBe('(other hosts)');
    expect(logMessage(parsed.logs, 299)).toBe('app[1]: m299');
  });
});
