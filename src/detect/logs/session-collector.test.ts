import { expect, it } from 'vitest';
import { createSessionCollector } from './session-collector';

it('gathers lines by session and gives each once it has been silent', () => {
  const collector = createSessionCollector({ idleMs: 100, maxOpen: 10 });
  expect(collector.add('a', 1, 0)).toEqual([]);
  expect(collector.add('b', 2, 50)).toEqual([]);
  expect(collector.add('a', 3, 60)).toEqual([]);
  expect(collector.add('c', 4, 155)).toEqual([{ id: 'b', templates: [2] }]);
  expect(collector.add('c', 5, 500)).toEqual([{ id: 'a', templates: [1, 3] }]);
  expect(collector.closeAll()).toEqual([{ id: 'c', templates: [4, 5] }]);
  expect(collector.open).toBe(0);
});

it('closes the session silent for longest when too many are open', () => {
  const collector = createSessionCollector({ idleMs: 1e9, maxOpen: 2 });
  collector.add('a', 1, 0);
  collector.add('b', 2, 1);
  collector.add('a', 1, 2);
  expect(collector.add('c', 3, 3)).toEqual([{ id: 'b', templates: [2] }]);
  expect(collector.open).toBe(2);
});
