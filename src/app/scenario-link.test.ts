import { describe, expect, it } from 'vitest';
import { parseHash } from './route';
import { readScenarioLink, readSeed, scenarioLink } from './scenario-link';
import type { RunView } from './types';

const run = (id: string | undefined, seed: number) =>
  ({ info: { scenario: id === undefined ? undefined : { id } }, settings: { seed } }) as unknown as RunView;
const ordinary = run(undefined, 1);
const empty = parseHash('#/overview');

describe('a link to a scenario', () => {
  it('is read back as it was written', () => {
    const link = scenarioLink('https://example.org/app/', { id: 'drill' }, 7);
    expect(link).toBe('https://example.org/app/#/overview?scenario=drill&seed=7');
    const route = parseHash(new URL(link).hash);
    expect(readScenarioLink(empty, route, ordinary)).toEqual({ id: 'drill', seed: 7 });
  });

  it('asks for nothing when it names nothing new, or what is playing', () => {
    const drill = parseHash('#/overview?scenario=drill&seed=7');
    expect(readScenarioLink(empty, empty, ordinary)).toBeUndefined();
    expect(readScenarioLink(drill, { ...drill, page: 'logs' }, ordinary)).toBeUndefined();
    expect(readScenarioLink(empty, drill, run('drill', 7))).toBeUndefined();
    expect(readScenarioLink(empty, parseHash('#/overview?scenario=drill'), run('drill', 3))).toBeUndefined();
    expect(readScenarioLink(empty, drill, undefined)).toBeUndefined();
  });

  it('asks again for another seed', () => {
    const before = parseHash('#/overview?scenario=drill&seed=7');
    const now = parseHash('#/overview?scenario=drill&seed=8');
    expect(readScenarioLink(before, now, run('drill', 7))).toEqual({ id: 'drill', seed: 8 });
  });

  it('takes whole numbers as seeds and nothing else', () => {
    expect(['0', '42', '', '-1', '1.5', '1e3', 'x', '9'.repeat(16), undefined].map(readSeed)).toEqual([
      0,
      42,
      ...Array(7).fill(undefined),
    ]);
  });
});
