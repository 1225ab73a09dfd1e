import { describe, expect, test } from 'vitest';
import { createRandom } from '../../domain/random';
import { ROLE_LINES } from './grammar';
import { COMMON_LINES } from './lines/common';
import { OVERLOAD_LINES } from './lines/overload';
import { RARE_LINES } from './lines/rare';
import { PARAMETERS } from './parameters';
import { compileChoice, compileLine, compileScript, drawCount, pickScript, renderLine } from './templates';

const context = (seed: number) => ({ random: createRandom(seed), host: 'web-fra-01', city: 'Frankfurt' });
const ALL = [...COMMON_LINES, ...Object.values(ROLE_LINES).flat(), ...RARE_LINES, ...OVERLOAD_LINES];
const TEXTS = ALL.flatMap((template) => compileScript(template).lines.map(({ literals }) => literals.join('{}')));

describe('compileLine and renderLine', () => {
  test('put parameters where their places are', () => {
    const line = compileLine({ level: 'warning', text: 'host {host} in {city}!' });
    expect(line.level).toBe(2);
    expect(renderLine(line, context(1))).toBe('host web-fra-01 in Frankfurt!');
  });

  test('leave a text without parameters as it is', () => {
    expect(renderLine(compileLine({ level: 'info', text: 'plain' }), context(1))).toBe('plain');
  });

  test('refuse an unknown parameter, a name of Object.prototype too', () => {
    expect(() => compileLine({ level: 'info', text: 'x {nope}' })).toThrow('unknown log parameter {nope}');
    expect(() => compileLine({ level: 'info', text: 'x {toString}' })).toThrow('unknown log parameter {toString}');
  });

  test('every parameter gives a short printable text', () => {
    for (const [name, draw] of Object.entries(PARAMETERS)) {
      for (let seed = 0; seed < 20; seed++) expect(draw(context(seed)), name).toMatch(/^[\x20-\x7e]{1,40}$/);
    }
  });
});

describe('the grammar', () => {
  test('has at least 80 different templates, and more kinds of lines', () => {
    expect(new Set(ALL.map((template) => template.text)).size).toBe(ALL.length);
    expect(ALL.length).toBeGreaterThanOrEqual(80);
    expect(new Set(TEXTS).size).toBeGreaterThanOrEqual(110);
  });

  test('each role has a flow or a block of lines where its servers handle requests', () => {
    const roles = Object.entries(ROLE_LINES).filter(([, lines]) => lines.some(({ as }) => as !== undefined));
    expect(roles.map(([role]) => role)).toEqual(expect.arrayContaining(['web', 'api', 'database', 'queue', 'batch']));
  });

  test('is mostly info, with rare errors and nothing critical', () => {
    for (const [role, lines] of Object.entries(ROLE_LINES)) {
      const all = [...lines, ...COMMON_LINES];
      const total = all.reduce((sum, line) => sum + line.weight, 0);
      const share = (level: string): number =>
        all.filter((line) => line.level === level).reduce((sum, line) => sum + line.weight, 0) / total;
      expect(share('info') + share('debug'), role).toBeGreaterThan(0.85);
      expect(share('error'), role).toBeGreaterThan(0);
      expect(share('error'), role).toBeLessThan(0.03);
      expect(share('critical'), role).toBe(0);
    }
  });

  test('no line carries its own time or level in front', () => {
    for (const text of TEXTS) expect(text).not.toMatch(/^\s*(\d{4}-\d\d|\[?(debug|info|warn|error)\b(?!:\s*max))/i);
  });
});

describe('pickScript', () => {
  test('picks by weight', () => {
    const choice = compileChoice([
      { level: 'info', weight: 3, text: 'often' },
      { level: 'info', weight: 1, text: 'seldom' },
    ]);
    const random = createRandom(4);
    let often = 0;
    for (let i = 0; i < 4000; i++) if (pickScript(choice, random).lines[0].literals[0] === 'often') often++;
    // Binomial(4000, 0.75): standard deviation 27; five of them.
    expect(Math.abs(often - 3000)).toBeLessThan(137);
  });
});

describe('drawCount', () => {
  test('gives none for rate 0 and for what is not a rate', () => {
    expect([0, -1, Number.NaN].map((rate) => drawCount(rate, createRandom(1)))).toEqual([0, 0, 0]);
  });

  test('has the rate as its mean and as its variance', () => {
    const random = createRandom(11);
    const counts = Array.from({ length: 20_000 }, () => drawCount(0.7, random));
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
    const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
    expect(Math.abs(mean - 0.7)).toBeLessThan(0.03);
    expect(Math.abs(variance - 0.7)).toBeLessThan(0.05);
  });
});
