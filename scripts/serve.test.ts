import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { portArgument, type ServedSite, serveFolder, serveOnPort } from './serve.mjs';

describe('the static server', () => {
  const root = mkdtempSync(join(tmpdir(), 'serve-'));
  let site: ServedSite;

  beforeAll(async () => {
    writeFileSync(join(root, 'index.html'), '<p>home</p>');
    writeFileSync(join(root, 'kernel.wasm'), 'wasm');
    site = await serveFolder({ folder: root, base: '/some/project/' });
  });
  afterAll(async () => {
    await site.close();
    rmSync(root, { recursive: true });
  });

  it('serves the page under its sub-path', async () => {
    const page = await fetch(site.url);
    expect(site.url).toBe(`http://127.0.0.1:${site.port}/some/project/`);
    expect(await page.text()).toBe('<p>home</p>');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toContain('no-store');
  });

  it('gives wasm its type, without which browsers will not stream it', async () => {
    expect((await fetch(`${site.url}kernel.wasm`)).headers.get('content-type')).toBe('application/wasm');
  });

  it('zips text, and serves what is there now, not what it zipped before', async () => {
    const file = join(root, 'page.js');
    writeFileSync(file, 'let first;');
    const before = await fetch(`${site.url}page.js`);
    expect(before.headers.get('content-encoding')).toBe('gzip');
    expect(await before.text()).toBe('let first;');
    expect(await (await fetch(`${site.url}page.js`)).text()).toBe('let first;');
    writeFileSync(file, 'let another;');
    expect(await (await fetch(`${site.url}page.js`)).text()).toBe('let another;');
  });

  it('leads from the root to the site and knows nothing else outside of it', async () => {
    expect((await fetch(`http://127.0.0.1:${site.port}/`)).url).toBe(site.url);
    expect((await fetch(`http://127.0.0.1:${site.port}/kernel.wasm`)).status).toBe(404);
  });

  it.each(['..%2f..%2fetc%2fpasswd', '%2e%2e/serve.test.ts', '%00', '%zz', 'missing.js'])(
    'refuses %s',
    async (path) => {
      const answer = await fetch(`${site.url}${path}`);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain('root:');
    },
  );

  it('takes another port when the one wished for is taken, but not when it was asked for', async () => {
    const other = await serveOnPort({ folder: root, port: site.port, insist: false });
    expect(other.port).not.toBe(site.port);
    await other.close();
    await expect(serveOnPort({ folder: root, port: site.port, insist: true })).rejects.toThrow('EADDRINUSE');
  });

  it('reads the port from the command line', () => {
    expect(portArgument(['--port', '8080'])).toEqual({ port: 8080, insist: true });
    expect(portArgument([])).toEqual({ port: 4173, insist: false });
    expect(() => portArgument(['--port', 'x'])).toThrow('got "x"');
  });
});
