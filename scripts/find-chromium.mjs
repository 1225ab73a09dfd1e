import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** How tests and benchmarks start it: headless, alone, quiet on the network, WebGL by software. */
export const CHROMIUM_ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
];

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'microsoft-edge-stable',
];

const MAC_APPS = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const WINDOWS_APPS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

/**
 * The path of a Chromium, Chrome or Edge: CHROMIUM_PATH, an installed one, Playwright's own download, and, unless `install` is false,
 * a fresh download by Playwright or (as root with apt) Debian's package. Throws an Error that says what to do when none can be had.
 * @param {{ install?: boolean, log?: (line: string) => void }} [options]
 * @returns {Promise<string>}
 */
export async function findChromium({ install = true, log = (line) => console.error(line) } = {}) {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new Error(`CHROMIUM_PATH is ${JSON.stringify(given)}, but there is no program at that path`);
  }
  const found = installedBrowser() ?? (await playwrightBrowser());
  if (found) return found;
  if (install) {
    log('No Chromium found: trying "npx playwright install chromium" …');
    const cli = playwrightCli();
    if (cli && run(process.execPath, [cli, 'install', 'chromium'])) {
      const downloaded = await playwrightBrowser();
      if (downloaded && starts(downloaded)) return downloaded;
    }
    if (process.getuid?.() === 0 && onPath('apt-get')) {
      log('Trying Debian’s package: apt-get install chromium …');
      const packaged =
        run('apt-get', ['update']) && run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
      const program = packaged ? installedBrowser() : undefined;
      if (program) return program;
    }
  }
  throw new Error(
    [
      'The browser tests need a Chromium, and none was found. Any one of these helps:',
      '  - install Google Chrome, Chromium or Microsoft Edge',
      '  - npx playwright install --with-deps chromium',
      '  - on Debian or Ubuntu: sudo apt-get install chromium',
      '  - CHROMIUM_PATH=/path/to/chrome npm test',
    ].join('\n'),
  );
}

function installedBrowser() {
  const places = [];
  if (process.platform === 'darwin') {
    for (const root of ['/Applications', join(process.env.HOME ?? '', 'Applications')]) {
      places.push(...MAC_APPS.map((app) => join(root, app)));
    }
  } else if (process.platform === 'win32') {
    for (const root of [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]) {
      if (root) places.push(...WINDOWS_APPS.map((app) => join(root, app)));
    }
  } else {
    places.push('/usr/bin/chromium', '/usr/bin/google-chrome', '/opt/google/chrome/chrome', '/snap/bin/chromium');
  }
  const onDisk = places.find(isProgram);
  if (onDisk) return onDisk;
  for (const name of NAMES) {
    const program = onPath(name);
    if (program) return program;
  }
  return undefined;
}

async function playwrightBrowser() {
  try {
    const { chromium } = await import('playwright');
    const path = chromium.executablePath();
    return path && existsSync(path) ? path : undefined;
  } catch (cause) {
    // Before `npm ci` there is no Playwright, which is no news.
    if (cause?.code !== 'ERR_MODULE_NOT_FOUND') console.error(`Playwright does not say where its browser is: ${cause}`);
    return undefined;
  }
}

function playwrightCli() {
  const cli = fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
  return existsSync(cli) ? cli : undefined;
}

/** A download can lack the system libraries it needs: only a browser that answers is one. */
function starts(program) {
  const answer = spawnSync(program, ['--version'], { stdio: 'ignore', timeout: 30_000 });
  return answer.status === 0;
}

function run(program, args) {
  const done = spawnSync(program, args, {
    // stdout may be read by whoever asked for the path.
    stdio: ['ignore', 2, 2],
    timeout: 600_000,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return done.status === 0;
}

function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const file of process.platform === 'win32' ? [`${name}.exe`] : [name]) {
      if (isProgram(join(folder, file))) return join(folder, file);
    }
  }
  return undefined;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await findChromium());
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    process.exitCode = 1;
  }
}
