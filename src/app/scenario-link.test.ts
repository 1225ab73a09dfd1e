import { describe, expect, it } from 'vitest';
import { parseHash } from './route';
import {
  findBadSeed,
  readFleetLink,
  readScenarioLink,
  readScenarioName,
  readSeed,
  scenarioLink,
  tellUnknownScenario,
} from './scenario-link';
import type { RunView } from './types';

const run = (id: string | undefined, seed: number, name = '') =>
  ({
    info: { kind: 'fleet', scenario: id === undefined ? undefined : { id, name } },
    settings: { seed },
  }) as unknown as RunView;
const ordinary = run(undefined, 1);
const empty = parseHash('#/overview');

describe('a link to a scenario', () => {
  it('is read back as it was written', () => {
    const link = scenarioLink('https://example.org/app/', { id: 'drill', name: 'Drill' }, 7, false);
    expect(link).toBe('https://example.org/app/#/overview?scenario=drill&seed=7');
    const route = parseHash(new URL(link).hash);
    expect(readScenarioLink(empty, route, ordinary)).toEqual({ id: 'drill', named: undefined, seed: 7 });
  });

  it('to one of a person’s own names it as well, and asks for nothing while it plays', () => {
    const mine = { id: 'recorded-1', name: 'A & B = é' };
    const route = parseHash(new URL(scenarioLink('https://example.org/', mine, 7, true)).hash);
    expect(readScenarioLink(empty, route, ordinary)).toEqual({ id: 'recorded-1', named: 'A & B = é', seed: 7 });
    expect(readScenarioLink(empty, route, run('recorded-1', 7, 'Another'))).toBeDefined();
    expect(readScenarioLink(empty, route, run('recorded-1', 7, 'A & B = é'))).toBeUndefined();
    const other = { ...route, params: { ...route.params, named: 'C' } };
    expect(readScenarioLink(route, other, ordinary)?.named).toBe('C');
    expect(readScenarioName({ scenario: 'x', named: '' })).toEqual({ id: 'x', named: undefined });
    expect(readScenarioName({ named: 'C' })).toBeUndefined();
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
    expect(readScenarioLink(before, now, run('drill', 7))).toEqual({ id: 'drill', named: undefined, seed: 8 });
  });

  it('takes whole numbers as seeds and nothing else', () => {
    const bad = ['', '-1', '1.5', '1e3', 'x', '4294967296', '9'.repeat(16), undefined];
    expect(['0', '42', '4294967295', ...bad].map(readSeed)).toEqual([
      0,
      42,
      4_294_967_295,
      ...bad.map(() => undefined),
    ]);
  });
});

describe('a link that cannot be followed', () => {
  it('with a seed that is none says so with the value, and asks for no scenario', () => {
    const link = parseHash('#/overview?scenario=drill&seed=abc');
    expect(findBadSeed(link.params)).toEqual({
      title: 'No seed "abc"',
      detail: 'The seed in a link must be a whole number in [0, 4294967295]. Nothing was changed.',
    });
    expect(readScenarioLink(empty, link, ordinary)).toBeUndefined();
    expect(findBadSeed(parseHash('#/overview?seed=4294967296').params)?.title).toBe('No seed "4294967296"');
    expect(findBadSeed(parseHash('#/overview?seed=7').params)).toBeUndefined();
    expect(findBadSeed(empty.params)).toBeUndefined();
  });

  it('with an unknown scenario lists the known ones', () => {
    expect(tellUnknownScenario({ id: 'nope', named: undefined }, ['drill', 'quiet-week'])).toEqual({
      title: 'No scenario "nope"',
      detail: 'Known are drill, quiet-week. Nothing was changed.',
    });
  });

  it('with a scenario of somebody’s own says where it is kept and what would do', () => {
    const { title, detail } = tellUnknownScenario({ id: 'recorded-1', named: 'Mine' }, ['drill']);
    expect(title).toBe('The scenario "Mine" is not in this browser');
    expect(detail).toMatch(/Import its file on the Scenarios page.*Nothing was changed/);
  });
});

describe('a link to a fleet by its seed', () => {
  const seven = parseHash('#/overview?seed=7');

  it('asks for that fleet, also away from a scenario with the same seed', () => {
    expect(readFleetLink(empty, seven, ordinary)).toBe(7);
    expect(readFleetLink(empty, seven, run('drill', 7))).toBe(7);
    expect(readFleetLink(parseHash('#/overview?scenario=drill&seed=7'), seven, run('drill', 7))).toBe(7);
  });

  it('asks for nothing when it names nothing new, a scenario, no seed, or the fleet that runs', () => {
    expect(readFleetLink(empty, seven, run(undefined, 7))).toBeUndefined();
    expect(readFleetLink(seven, { ...seven, page: 'logs' }, ordinary)).toBeUndefined();
    expect(readFleetLink(empty, parseHash('#/overview?scenario=drill&seed=7'), ordinary)).toBeUndefined();
    expect(readFleetLink(empty, parseHash('#/overview?seed=x'), ordinary)).toBeUndefined();
    expect(readFleetLink(empty, seven, undefined)).toBeUndefined();
  });
});
