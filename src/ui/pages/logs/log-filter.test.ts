import { describe, expect, it } from 'vitest';
import { passesLogFilter, readLogFilter, toggleLevel, writeLogFilter } from './log-filter';

const line = {
  level: 'error',
  message: 'Out of memory: killed process 812',
  template: 'Out of memory: killed process <*>',
  deviceName: 'web-01',
  deviceId: 'd1',
} as const;

describe('log filter', () => {
  it('reads back what it wrote and keeps other parameters', () => {
    const filter = { text: 'oom', levels: ['error', 'critical'], device: 'd1' } as const;
    const params = writeLogFilter({ tab: 'live' }, filter);
    expect(params).toEqual({ tab: 'live', text: 'oom', level: 'error,critical', device: 'd1' });
    expect(readLogFilter(params)).toEqual(filter);
  });

  it('drops levels that do not exist', () => {
    expect(readLogFilter({ level: 'error,__proto__,loud' }).levels).toEqual(['error']);
  });

  it('passes everything without a restriction', () => {
    expect(passesLogFilter(line, readLogFilter({}))).toBe(true);
  });

  it('asks for level, device and text at once', () => {
    expect(passesLogFilter(line, { text: 'OUT OF', levels: ['error'], device: 'd1' })).toBe(true);
    expect(passesLogFilter(line, { text: 'web-01', levels: [], device: undefined })).toBe(true);
    expect(passesLogFilter(line, { text: 'OUT OF', levels: ['info'], device: 'd1' })).toBe(false);
    expect(passesLogFilter(line, { text: '', levels: [], device: 'd2' })).toBe(false);
    expect(passesLogFilter(line, { text: 'disk', levels: [], device: undefined })).toBe(false);
  });
});

describe('toggleLevel', () => {
  it('switches a level on and off, ordered by severity', () => {
    expect(toggleLevel(['critical'], 'error')).toEqual(['error', 'critical']);
    expect(toggleLevel(['error', 'critical'], 'error')).toEqual(['critical']);
  });
});
