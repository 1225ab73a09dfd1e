import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignRole, type ColumnRole, checkMapping, roleOf } from './mapping';

const columns = ['time', 'host', 'cpu', 'mem', 'bad'];
const mapping = { time: 'time', device: 'host', label: undefined, metrics: ['cpu', 'mem'] };

describe('column roles', () => {
  it('reads the role of each column', () => {
    expect(columns.map((column) => roleOf(column, mapping))).toEqual(['time', 'device', 'metric', 'metric', 'ignore']);
  });

  it('gives a column another role', () => {
    expect(assignRole(columns, mapping, 'bad', 'label')).toEqual({ ...mapping, label: 'bad' });
    expect(assignRole(columns, mapping, 'cpu', 'ignore')).toEqual({ ...mapping, metrics: ['mem'] });
  });

  it('keeps metrics in the order of the columns', () => {
    const without = { ...mapping, metrics: ['mem'] };
    expect(assignRole(columns, without, 'cpu', 'metric').metrics).toEqual(['cpu', 'mem']);
  });

  it('leaves the former time column without a role', () => {
    const next = assignRole(columns, mapping, 'cpu', 'time');
    expect(next).toEqual({ time: 'cpu', device: 'host', label: undefined, metrics: ['mem'] });
    expect(roleOf('time', next)).toBe('ignore');
  });

  it('always gives the role that was asked for', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.constantFrom(...columns),
            fc.constantFrom<ColumnRole>('time', 'device', 'label', 'metric', 'ignore'),
          ),
        ),
        (steps) => {
          let now = mapping as Parameters<typeof roleOf>[1];
          for (const [column, role] of steps) {
            now = assignRole(columns, now, column, role);
            expect(roleOf(column, now)).toBe(role);
          }
        },
      ),
    );
  });
});

describe('checkMapping', () => {
  it('asks for at least one metric and at most 64', () => {
    expect(checkMapping(mapping)).toBeUndefined();
    expect(checkMapping({ ...mapping, metrics: [] })).toContain('at least one');
    expect(checkMapping({ ...mapping, metrics: Array.from({ length: 65 }, (_, i) => `m${i}`) })).toContain('65');
  });
});
