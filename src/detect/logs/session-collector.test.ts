import { expect, it } from 'vitest';
import { trackSessions } from './session-collector';

it('counts lines by session and gives each once it has been silent', () => {
  const tracker = trackSessions(10);
  tracker.add('a', 1, 0, 3);
  tracker.add('b', 2, 50, 4);
  tracker.add('a', 3, 60, 5);
  expect(tracker.closeUntil(49)).toEqual([]);
  expect(tracker.closeUntil(55).map(({ id }) => id)).toEqual(['b']);
  expect(tracker.closeUntil(60)).toEqual([
    {
      id: 'a',
      counts: new Map([
        [1, 1],
        [3, 1],
      ]),
      first: 0,
      last: 60,
      gap: 60,
      device: 5,
    },
  ]);
  expect(tracker.size).toBe(0);
});

it('forgets the session silent for longest when too many are open', () => {
  const tracker = trackSessions(2);
  tracker.add('a', 1, 0, 0);
  tracker.add('b', 2, 1, 0);
  tracker.add('a', 1, 2, 0);
  tracker.add('c', 3, 3, 0);
  expect(tracker.list().map(({ id, counts }) => [id, counts.get(1) ?? 0])).toEqual([
    ['a', 2],
    ['c', 0],
  ]);
});
