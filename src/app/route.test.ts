import { expect, it } from 'vitest';
import { formatHash, parseHash } from './route';

it('reads page and parameters from a hash, and keeps a path that is no page', () => {
  expect(parseHash('#/alerts?id=al-1&severity=critical')).toEqual({
    page: 'alerts',
    params: { id: 'al-1', severity: 'critical' },
  });
  expect(parseHash('')).toEqual({ page: 'overview', params: {} });
  expect(parseHash('#/alerts/')).toEqual({ page: 'alerts', params: {} });
  expect(parseHash('#/nowhere')).toEqual({ page: 'overview', unknown: 'nowhere', params: {} });
  expect(parseHash('#/alerts/nope?id=1')).toEqual({ page: 'overview', unknown: 'alerts/nope', params: { id: '1' } });
  expect(parseHash('#/caf%C3%A9').unknown).toBe('café');
  expect(parseHash('#/%E0%A4').unknown).toBe('%E0%A4');
  expect(parseHash('#/logs?__proto__=x').params).toEqual({});
});

it('writes what it reads, without empty values', () => {
  const route = { page: 'logs', params: { text: 'a b&c=é', level: '' } } as const;
  expect(parseHash(formatHash(route))).toEqual({ page: 'logs', params: { text: 'a b&c=é' } });
});
