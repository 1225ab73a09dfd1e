import { describe, expect, it } from 'vitest';
import { alertId, deviceId, runId } from '../../../domain/ids';
import { alertsToCsv, alertsToNdjson } from './export-alerts';
import { filterAlerts, isFiltering, readAlertFilter, writeAlertFilter } from './filter-alerts';
import { makeAlert } from './test-alert';

const all = readAlertFilter({});

describe('alert filter', () => {
  it('reads a link and ignores values that mean nothing', () => {
    expect(readAlertFilter({ severity: 'critical', state: 'nonsense', text: 'oom', id: 'x' })).toEqual({
      severity: 'critical',
      state: undefined,
      cause: undefined,
      device: undefined,
      text: 'oom',
      run: undefined,
    });
  });

  it('writes only what restricts, and keeps the other parameters', () => {
    const params = { id: 'a7', severity: 'minor' };
    expect(writeAlertFilter(params, { ...all, cause: 'ddos' })).toEqual({ id: 'a7', cause: 'ddos' });
    expect(isFiltering(all)).toBe(false);
    expect(isFiltering({ ...all, text: 'x' })).toBe(true);
  });

  it('reads back what it wrote', () => {
    const filter = {
      ...all,
      cause: 'ddos',
      device: 'd2',
      text: 'flood',
      state: 'resolved',
      severity: 'major',
    } as const;
    expect(readAlertFilter(writeAlertFilter({}, filter))).toEqual(filter);
  });
});

describe('filterAlerts', () => {
  const leak = makeAlert();
  const flood = makeAlert({ id: alertId('a2'), deviceId: deviceId('d2'), deviceName: 'db-02', cause: 'ddos' });

  it('shows everything without a restriction', () => {
    expect(filterAlerts([leak, flood], all, 'r1')).toEqual([leak, flood]);
  });

  it('finds text in device, cause and reason whatever its case', () => {
    expect(filterAlerts([leak, flood], { ...all, text: 'DB-02' }, 'r1')).toEqual([flood]);
    expect(filterAlerts([leak, flood], { ...all, text: 'network flood' }, 'r1')).toEqual([flood]);
    expect(filterAlerts([leak, flood], { ...all, text: 'typically 40' }, 'r1')).toEqual([leak, flood]);
  });

  it('leaves out alerts of other runs when asked to', () => {
    const earlier = makeAlert({ runId: runId('r0') });
    expect(filterAlerts([leak, earlier], all, 'r1')).toEqual([leak, earlier]);
    expect(filterAlerts([leak, earlier], { ...all, run: 'this' }, 'r1')).toEqual([leak]);
  });

  it('asks for all restrictions at once', () => {
    expect(filterAlerts([leak, flood], { ...all, cause: 'ddos', device: 'd1' }, 'r1')).toEqual([]);
  });
});

describe('export of alerts', () => {
  it('writes one row an alert with ISO times and no formulas', () => {
    const lines = alertsToCsv([makeAlert({ deviceName: '=cmd()' })]).split('\r\n');
    expect(lines).toHaveLength(3);
    expect(lines[1].startsWith("a1,'=cmd(),ongoing,false,major,Memory leak,1970-01-01T00:00:00.000Z,,")).toBe(true);
  });

  it('writes each alert as one JSON line that reads back', () => {
    const text = alertsToNdjson([makeAlert(), makeAlert({ reason: 'two\nlines' })]);
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(JSON.parse(lines[1]).reason).toBe('two\nlines');
  });
});
