// Figures of the built site in a real browser: `npm run bench:app`. Run it on a quiet machine: the page, four workers and the browser share its cores.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright';
import { CHROMIUM_ARGS, findChromium } from '../scripts/find-chromium.mjs';
import { DIST, serveFolder } from '../scripts/serve.mjs';

const RUNS = 5;
const FAULTS = ['Memory leak', 'DDoS / network flood', 'CPU spike / crypto-mining', 'Disk failure'];
const ALERT_DEADLINE_MS = 90_000;
const WATCH_MS = 20_000;
const SITE = `${DIST}/`;

const site = await serveFolder();
const address = site.url;
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: CHROMIUM_ARGS,
});

try {
  const report = {
    opening: await measureOpening({}),
    openingSlow: await measureOpening({ cpu: 4, runs: 3 }),
    alerts: await measureAlerts(),
    load: await measureLoad(),
    sizes: measureSizes(),
  };
  print(report);
  process.stdout.write(`\n${JSON.stringify(report)}\n`);
} finally {
  await browser.close();
  await site.close();
}

async function openPage(cpu = 1) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.seen = { lcp: 0, cls: 0, long: [] };
    // By the page's own clock, since the navigation began: Playwright looks only every half second.
    const signs = {
      firstChart: () => document.querySelector('.js-plotly-plot path.js-line') !== null,
      bothScoring: () => document.querySelector('[aria-label="Status"]')?.textContent === 'Running',
    };
    const look = new MutationObserver(() => {
      for (const [name, isThere] of Object.entries(signs)) {
        if (window.seen[name] === undefined && isThere()) window.seen[name] = performance.now();
      }
      if (Object.keys(signs).every((name) => window.seen[name] !== undefined)) look.disconnect();
    });
    look.observe(document, { subtree: true, childList: true, characterData: true });
    const watch = (type, take) =>
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) take(entry);
      }).observe({ type, buffered: true });
    watch('largest-contentful-paint', (entry) => {
      window.seen.lcp = entry.startTime;
    });
    // CLS as web.dev defines it: the worst window of at most 5 s with no pause of 1 s in it.
    let shifts = { from: 0, last: 0, sum: 0 };
    watch('layout-shift', (entry) => {
      if (entry.hadRecentInput) return;
      const { startTime, value } = entry;
      const goesOn = startTime - shifts.last < 1000 && startTime - shifts.from < 5000;
      shifts = goesOn
        ? { ...shifts, last: startTime, sum: shifts.sum + value }
        : { from: startTime, last: startTime, sum: value };
      window.seen.cls = Math.max(window.seen.cls, shifts.sum);
    });
    watch('longtask', (entry) => window.seen.long.push(entry.duration));
  });
  if (cpu > 1) {
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
    // Fast 4G as Lighthouse has it.
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 60,
      downloadThroughput: (9 * 1024 * 1024) / 8,
      uploadThroughput: (1.5 * 1024 * 1024) / 8,
    });
  }
  return { page, context };
}

function isRunning(page) {
  return page.getByLabel('Status', { exact: true }).filter({ hasText: /^Running$/ });
}

/** Milliseconds from opening to the first drawn chart and to both models scoring. */
async function measureOpening({ cpu = 1, runs = RUNS }) {
  const rows = [];
  for (let run = 0; run < runs; run++) {
    const { page, context } = await openPage(cpu);
    await page.goto(address);
    await page.locator('.js-plotly-plot path.js-line').first().waitFor({ timeout: 60_000 });
    await isRunning(page).waitFor({ timeout: 60_000 });
    const { firstChart, bothScoring, lcp, cls } = await page.evaluate(() => window.seen);
    rows.push({ firstChart, bothScoring, lcp, cls });
    await context.close();
  }
  return Object.fromEntries(Object.keys(rows[0]).map((key) => [key, median(rows.map((row) => row[key]))]));
}

/** Milliseconds from the click on Inject to the alert's row in the history, at 1x, on five devices for each fault. */
async function measureAlerts() {
  const figures = {};
  for (const fault of FAULTS) {
    const { page, context } = await openPage();
    await page.goto(`${address}#/alerts`);
    await isRunning(page).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Inject fault' }).click();
    const drawer = page.getByRole('dialog', { name: 'Inject' });
    const clicked = new Map();
    for (let i = 0; i < RUNS; i++) {
      await drawer.getByRole('radio', { name: fault }).check({ force: true });
      const select = drawer.getByLabel('Device', { exact: true });
      await select.selectOption({ index: 2 + 4 * i });
      const device = await select.inputValue();
      clicked.set(device, Date.now());
      await drawer.getByRole('button', { name: 'Inject', exact: true }).click();
      await drawer.getByText(`is running on ${device}`).waitFor();
    }
    const latencies = await Promise.all(
      [...clicked].map(([device, at]) =>
        page
          .getByRole('row')
          .filter({ hasText: device })
          .first()
          .waitFor({ timeout: ALERT_DEADLINE_MS })
          .then(
            () => Date.now() - at,
            () => Number.POSITIVE_INFINITY,
          ),
      ),
    );
    figures[fault] = { median: median(latencies), all: latencies.map((ms) => (Number.isFinite(ms) ? ms : 'missed')) };
    await context.close();
  }
  return figures;
}

/** Frames a second and long tasks of the Overview at 48 devices and 10x. */
async function measureLoad() {
  const { page, context } = await openPage();
  await page.goto(address);
  await isRunning(page).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: '10x real time' }).first().click();
  const figures = await page.evaluate(async (watchMs) => {
    window.seen.long = [];
    const start = performance.now();
    let frames = 0;
    await new Promise((resolve) => {
      const count = (now) => {
        frames++;
        if (now - start < watchMs) requestAnimationFrame(count);
        else resolve();
      };
      requestAnimationFrame(count);
    });
    const { long, cls } = window.seen;
    return {
      framesPerSecond: (frames * 1000) / watchMs,
      longTasks: long.length,
      longestTask: Math.max(0, ...long),
      cls,
    };
  }, WATCH_MS);
  await context.close();
  return figures;
}

/** kB gzip (level 9, 1 kB = 1000 bytes) of what the site is made of. */
function measureSizes() {
  const files = readdirSync(SITE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readFileSync(path);
      return { path: path.slice(SITE.length), kB: gzipSync(bytes, { level: 9 }).length / 1000 };
    });
  const page = readFileSync(join(SITE, 'index.html'), 'utf8');
  const sum = (chosen) => chosen.reduce((total, file) => total + file.kB, 0);
  const of = (pattern) => sum(files.filter((file) => pattern.test(file.path)));
  return {
    firstLoad: sum(files.filter(isInFirstLoad(page, files))),
    charts: of(/assets\/plotly[^/]*$/),
    globe: of(/assets\/(GlobeView|paint-world|spread|d3-interpolate|map)[^/]*$/),
    logWorker: of(/assets\/log\.worker[^/]*\.js$/),
    wasm: of(/\.wasm$/),
    otherWorkers: of(/assets\/(sim|metric|engine)\.worker[^/]*\.js$/),
    everything: sum(files),
  };
}

/** What the page names, the overview's chunk, and whatever these import at once; styles go with the chunk of their name. */
function isInFirstLoad(page, files) {
  const stem = (path) => path.replace(/^assets\//, '').replace(/-[\w-]{8}\.(js|css)$/, '');
  const scripts = files.filter(({ path }) => /^assets\/.*\.js$/.test(path)).map(({ path }) => path);
  const wanted = new Set(scripts.filter((path) => page.includes(path) || stem(path) === 'OverviewPage'));
  for (const path of wanted) {
    const text = readFileSync(join(SITE, path), 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)"\.\/([^"]+\.js)"/g)) wanted.add(`assets/${name}`);
  }
  const stems = new Set([...wanted].map(stem));
  return ({ path }) => wanted.has(path) || (path.endsWith('.css') && (page.includes(path) || stems.has(stem(path))));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function print({ opening, openingSlow, alerts, load, sizes }) {
  const ms = (value) => (Number.isFinite(value) ? `${Math.round(value)} ms` : 'missed');
  const lines = [
    '| figure | median |',
    '|---|---|',
    `| opening to first chart | ${ms(opening.firstChart)} |`,
    `| opening to both models scoring | ${ms(opening.bothScoring)} |`,
    `| LCP / CLS | ${ms(opening.lcp)} / ${opening.cls.toFixed(4)} |`,
    `| LCP / CLS, 4x CPU slowdown, fast 4G | ${ms(openingSlow.lcp)} / ${openingSlow.cls.toFixed(4)} |`,
    `| first chart / scoring, 4x CPU slowdown, fast 4G | ${ms(openingSlow.firstChart)} / ${ms(openingSlow.bothScoring)} |`,
    ...Object.entries(alerts).map(([fault, { median: value }]) => `| ${fault}: click to alert | ${ms(value)} |`),
    `| 48 devices, 10x: frames a second | ${load.framesPerSecond.toFixed(1)} |`,
    `| 48 devices, 10x: CLS | ${load.cls.toFixed(4)} |`,
    `| 48 devices, 10x: longest task (long tasks in ${WATCH_MS / 1000} s) | ${ms(load.longestTask)} (${load.longTasks}) |`,
    ...Object.entries(sizes).map(([name, kB]) => `| size, gzip: ${name} | ${kB.toFixed(0)} kB |`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
