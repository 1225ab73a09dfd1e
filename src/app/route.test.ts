import { expect, it } from 'vitest';
import { formatHash, parseHash } from './route';

it('reads page and parameters from a hash, and anything unknown as the overview', () => {
  expect(parseHash('#/alerts?id=al-1&severity=critical')).toEqual({
    page: 'alerts',
    params: { id: 'al-1', severity: 'critical' },
  });
  expect(parseHash('')).toEqual({ page: 'overview', params: {} });
  expect(parseHash('#/nowhere')).toEqual({ page: 'overview', params: {} });
  expect(parseHash('#/logs?__proto__=x').params).toEqual({});
});

it('writes what it reads, without empty values', () => {
  const route = { page: 'logs', params: { text: 'a b&c=é', level: '' } } as const;
  expect(parseHash(formatHash(route))).toEqual({ page: 'logs', params: { text: 'a b&c=é' } });
});
