import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly dev?: boolean;
  readonly license?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'));
const manifest = read('package.json') as Readonly<Record<string, Readonly<Record<string, string>>>>;
const packages = (read('package-lock.json') as { readonly packages: Readonly<Record<string, LockedPackage>> }).packages;
const entries = Object.entries(packages).filter(([path]) => path !== '');

const LICENCES = new Set([
  'MIT',
  'Apache-2.0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'CC0-1.0',
  'Unlicense',
  'Zlib',
  'BlueOak-1.0.0',
  'Python-2.0',
]);

/** Packages that state no licence in their package.json: the file that holds it, and words that must stand in it. */
const READ_BY_HAND: Readonly<Record<string, readonly [file: string, words: string]>> = {
  'node_modules/glsl-resolve/node_modules/xtend': ['LICENCE', 'Permission is hereby granted, free of charge'],
  'node_modules/stack-trace': ['License', 'Permission is hereby granted, free of charge'],
};

/** Where npm looks for `name` from the package at `path`: its own node_modules, then each one above. */
function isLocked(path: string, name: string): boolean {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
    if (packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`] !== undefined) return true;
    if (at === '') return false;
  }
}

/** `(MIT OR Apache-2.0)` and `Apache-2.0 AND MIT` are fine when each part is. */
function isAllowed(licence: string): boolean {
  return licence.split(/ AND | OR /).every((part) => LICENCES.has(part.replace(/[()]/g, '').trim()));
}

describe('the lock file', () => {
  it('has every optional dependency, or npm ci would fail on another platform', () => {
    const missing = entries.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {})
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('has a digest for every package, and no address but that of the registry', () => {
    const registry = 'https://registry.npmjs.org/';
    const bad = entries.filter(
      ([, entry]) => !entry.integrity?.startsWith('sha512-') || !(entry.resolved ?? registry).startsWith(registry),
    );
    expect(bad.map(([path]) => path)).toEqual([]);
  });

  it('agrees with package.json, which names exact versions only', () => {
    const wanted = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(wanted.length).toBeGreaterThan(20);
    for (const [name, version] of wanted) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  it('holds permissive licences only in what is shipped', () => {
    const shipped = entries.filter(([, entry]) => entry.dev !== true);
    expect(shipped.length).toBeGreaterThan(100);
    const bad = shipped
      .filter(([path, entry]) => READ_BY_HAND[path] === undefined && !isAllowed(entry.license ?? 'none stated'))
      .map(([path, entry]) => `${path}: ${entry.license ?? 'none stated'}`);
    expect(bad).toEqual([]);
  });

  it.each(Object.entries(READ_BY_HAND))('%s has a permissive licence text', (path, [file, words]) => {
    const url = new URL(`../${path}/${file}`, import.meta.url);
    expect(existsSync(url)).toBe(true);
    expect(readFileSync(url, 'utf8')).toContain(words);
  });
});

describe('the GitHub workflows', () => {
  it.each(['ci', 'pages'])('%s pins every action by its full commit', (name) => {
    const workflow = readFileSync(new URL(`../.github/workflows/${name}.yml`, import.meta.url), 'utf8');
    const uses = [...workflow.matchAll(/uses:\s*(\S+)/g)].map((match) => match[1]);
    expect(uses.length).toBeGreaterThan(1);
    for (const action of uses) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });
});
