import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rolldown } from 'vite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertPolicy } from './csp';
import { hashFiles, listFiles } from './files';
import { packageFolderOf, readNotice, renderNotices } from './notices';
import { PAGE_POLICY, WORKER_POLICY } from './policy';
import { listLoaded } from './preload-ui';
import { renderServiceWorker } from './service-worker';

const template = readFileSync(new URL('./sw-template.js', import.meta.url), 'utf8');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<html>');
  writeFileSync(join(folder, 'assets', 'a.js'), 'let a;');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the files of a site', () => {
  it('are listed with forward slashes, relative to its root', () => {
    expect(listFiles(folder)).toEqual(['assets/a.js', 'index.html']);
  });

  it('have another hash after any change of a content or a name', () => {
    const files = listFiles(folder);
    const before = hashFiles(folder, files);
    expect(hashFiles(folder, files)).toBe(before);
    writeFileSync(join(folder, 'assets', 'a.js'), 'let b;');
    expect(hashFiles(folder, files)).not.toBe(before);
  });
});

describe('the service worker', () => {
  const text = renderServiceWorker(template, ['index.html', 'assets/a.js'], 'abc');

  it('carries the list of files, the version and the policy for workers, and no mark or comment is left', () => {
    expect(text).toContain('const FILES = ["index.html","assets/a.js"];');
    expect(text).toContain('prefix + "abc"');
    expect(text).toContain(JSON.stringify(WORKER_POLICY));
    expect(text).not.toMatch(/__[A-Z]+__|^\s*\/\//m);
  });

  it('is a script that parses and stays under 2 kB without its list of files', () => {
    expect(() => new Function(text)).not.toThrow();
    expect(renderServiceWorker(template, [], '').length).toBeLessThan(2_100);
  });

  it('takes over at once only when the page says so, and deletes caches of its own prefix only', () => {
    const { events, scope, deleted, skipped } = runWorker(text, [
      'cloud-anomaly-dashboard-/p/-old',
      'cloud-anomaly-dashboard-/q/-x',
      'other',
    ]);
    expect(scope).toBe('https://user.github.io/p/');
    events.get('message')?.({ data: 'hello' });
    expect(skipped()).toBe(0);
    events.get('message')?.({ data: 'skip-waiting' });
    expect(skipped()).toBe(1);
    let done: Promise<unknown> = Promise.resolve();
    events.get('activate')?.({ waitUntil: (promise: Promise<unknown>) => (done = promise) });
    return done.then(() => expect(deleted).toEqual(['cloud-anomaly-dashboard-/p/-old']));
  });
});

/** Runs the script with the few globals that it touches, as at https://user.github.io/p/. */
function runWorker(text: string, keys: readonly string[]) {
  const events = new Map<string, (event: Record<string, unknown>) => void>();
  const deleted: string[] = [];
  let skips = 0;
  const scope = 'https://user.github.io/p/';
  const self = {
    registration: { scope },
    clients: { claim: () => undefined },
    skipWaiting: () => skips++,
    addEventListener: (name: string, listener: (event: Record<string, unknown>) => void) => events.set(name, listener),
  };
  const caches = {
    keys: () => Promise.resolve(keys),
    delete: (key: string) => Promise.resolve(deleted.push(key)),
  };
  new Function('self', 'caches', text)(self, caches);
  return { events, scope, deleted, skipped: () => skips };
}

describe('the content security policy', () => {
  it('stands right behind the charset, before any script', () => {
    const html = insertPolicy('<head><meta charset="utf-8" /><script src="a.js"></script></head>', PAGE_POLICY);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script'));
    expect(html.indexOf('charset')).toBeLessThan(html.indexOf('Content-Security-Policy'));
  });

  it('refuses a page without a charset rather than leaving the policy out', () => {
    expect(() => insertPolicy('<head></head>', PAGE_POLICY)).toThrow('no <meta charset>');
  });

  it('allows neither inline scripts, nor eval, nor another origin', () => {
    expect(PAGE_POLICY).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(PAGE_POLICY).not.toMatch(/https?:|\*|script-src[^;]*'unsafe-(?:inline|eval)'/);
    expect(PAGE_POLICY).not.toContain('"');
  });
});

describe('the chunks that are loaded early', () => {
  const chunk = (fileName: string, facade: string | null, imports: string[], styles: string[]) => ({
    type: 'chunk',
    fileName,
    facadeModuleId: facade,
    imports,
    dynamicImports: ['late.js'],
    viteMetadata: { importedCss: new Set(styles) },
  });
  const bundle = {
    'ui.js': chunk('ui.js', null, ['react.js', 'app.js'], ['ui.css']),
    'mount.js': chunk('mount.js', '/site/src/ui/mount.tsx', ['ui.js'], []),
    'react.js': chunk('react.js', null, ['app.js'], []),
    'app.js': chunk('app.js', null, ['ui.js'], []),
    'late.js': chunk('late.js', '/site/src/ui/pages/Late.tsx', [], ['late.css']),
    'ui.css': { type: 'asset', fileName: 'ui.css' },
  } as unknown as Rolldown.OutputBundle;

  it('are what a module imports at once, directly or not, with the styles of these', () => {
    const { scripts, styles } = listLoaded(bundle, 'src/ui/mount.tsx');
    expect([...scripts]).toEqual(['mount.js', 'ui.js', 'react.js', 'app.js']);
    expect([...styles]).toEqual(['ui.css']);
  });

  it('are not guessed where the module has moved', () => {
    expect(() => listLoaded(bundle, 'src/ui/moved.tsx')).toThrow('no chunk begins with src/ui/moved.tsx');
  });
});

describe('the notices', () => {
  it('find the package that a module belongs to, scoped, nested and with a query', () => {
    const root = join(process.cwd(), 'node_modules');
    expect(packageFolderOf(`${root}/react/cjs/react.js`)).toBe(`${root}/react`);
    expect(packageFolderOf(`${root}/@tensorflow/tfjs-core/dist/index.js?v=1`)).toBe(`${root}/@tensorflow/tfjs-core`);
    expect(packageFolderOf(join(process.cwd(), 'src/main.tsx'))).toBeUndefined();
  });

  it('carry name, version and licence text of each package, and equal texts once', () => {
    const react = readNotice(join(process.cwd(), 'node_modules/react'));
    expect(react.license).toBe('MIT');
    expect(react.text).toContain('Permission is hereby granted');
    const text = renderNotices([react, { ...react, name: 'another', version: '1.0.0' }]);
    expect(text).toContain(`react ${react.version} (MIT)`);
    expect(text.split('Permission is hereby granted')).toHaveLength(2);
  });

  it('refuse a package that states no licence', () => {
    writeFileSync(join(folder, 'package.json'), '{"name":"x","version":"1.0.0"}');
    expect(() => readNotice(folder)).toThrow('states no licence');
  });
});
