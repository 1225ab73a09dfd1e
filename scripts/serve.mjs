import { createReadStream, existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { gzip } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
};

/** Text and WebAssembly shrink; pictures are packed already. */
const ZIPPED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.webmanifest', '.wasm', '.svg', '.txt']);

export const DIST = fileURLToPath(new URL('../dist', import.meta.url));
/** As on GitHub Pages, the site never stands at the root. */
export const BASE = '/cloud-anomaly-dashboard/';

/**
 * Serves a folder under a sub-path on loopback, as a static host would, without letting the browser keep anything: what was built last is
 * what is shown. Port 0 = any free one.
 * @param {{ folder?: string, base?: string, port?: number }} [options]
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 */
export async function serveFolder({ folder = DIST, base = BASE, port = 0 } = {}) {
  const server = createServer((request, response) => answer(request, response, resolve(folder), base));
  await new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });
  const taken = server.address().port;
  return {
    url: `http://127.0.0.1:${taken}${base}`,
    port: taken,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

function answer(request, response, folder, base) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405, 'only GET and HEAD');
  const path = pathOf(request.url);
  if (path === undefined) return refuse(response, 400, 'not a path');
  if (path === '/' || path === base.slice(0, -1)) return redirect(response, base);
  if (!path.startsWith(base)) return refuse(response, 404, `the site stands at ${base}`);

  const file = normalize(join(folder, path.slice(base.length) || 'index.html'));
  if (!file.startsWith(folder + sep)) return refuse(response, 404, 'not found');
  const found = statOf(file);
  if (found === undefined) {
    const built = existsSync(join(folder, 'index.html'));
    return refuse(response, 404, built ? 'not found' : 'nothing is built yet: npm run build');
  }
  // As GitHub Pages does, so that what is measured here is what people get.
  const zipped = ZIPPED.has(extname(file)) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  response.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    ...(zipped ? { 'content-encoding': 'gzip', vary: 'accept-encoding' } : { 'content-length': found.size }),
    'cache-control': 'no-cache, no-store, must-revalidate',
    'x-content-type-options': 'nosniff',
  });
  if (request.method === 'HEAD') return response.end();
  if (!zipped)
    return createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  zipOnce(file, found).then(
    (bytes) => response.end(bytes),
    () => response.destroy(),
  );
}

const packed = new Map();

/** A file's gzipped bytes, made once for each of its versions: zipping it for each visit would take the browser's time on a small machine. */
function zipOnce(file, { mtimeMs, size }) {
  const version = `${mtimeMs} ${size}`;
  const known = packed.get(file);
  if (known?.version === version) return known.bytes;
  const bytes = readFile(file).then(promisify(gzip));
  packed.set(file, { version, bytes });
  bytes.catch(() => packed.delete(file));
  return bytes;
}

function pathOf(url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

function statOf(file) {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isFile() ? found : undefined;
}

function refuse(response, status, why) {
  response.writeHead(status, { 'content-type': TYPES['.txt'], 'cache-control': 'no-store' });
  response.end(`${status}: ${why}\n`);
}

function redirect(response, to) {
  response.writeHead(302, { location: to, 'cache-control': 'no-store' });
  response.end();
}

/**
 * The folder on the wanted port or, when that one was only a wish and is taken, on a free one.
 * @param {{ folder?: string, base?: string, port: number, insist: boolean }} options
 */
export async function serveOnPort({ port, insist, ...site }) {
  try {
    return await serveFolder({ ...site, port });
  } catch (cause) {
    if (insist || cause.code !== 'EADDRINUSE') throw cause;
    return serveFolder({ ...site, port: 0 });
  }
}

/** `--port 8080` from the command line; without it 4173 if free. */
export function portArgument(args = process.argv.slice(2)) {
  const { values } = parseArgs({ args, options: { port: { type: 'string' } } });
  if (values.port === undefined) return { port: 4173, insist: false };
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port must be a whole number from 0 to 65535, got ${JSON.stringify(values.port)}`);
  }
  return { port, insist: true };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const site = await serveOnPort(portArgument());
    console.log(site.url);
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
