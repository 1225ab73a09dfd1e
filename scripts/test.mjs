import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';
import { addCounts, closingLine, playwrightCounts, vitestCounts } from './test-counts.mjs';
import { checkTypes, requireSetup, runTool } from './tools.mjs';

/** `npm test`: every check there is, cheapest first. Stops at the first stage that fails; the last line is the sum of all tests. */
const reports = mkdtempSync(join(tmpdir(), 'cloud-anomaly-tests-'));
const unitReport = join(reports, 'unit.json');
const browserReport = join(reports, 'browser.json');
let counts = { passed: 0, failed: 0, skipped: 0 };

const stages = {
  'format and lint': () => runTool('biome', ['check']),
  types: checkTypes,
  'unit tests': async () => {
    const passed = await runTool('vitest', [
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${unitReport}`,
    ]);
    counts = addCounts(counts, vitestCounts(readReport(unitReport)));
    return passed;
  },
  build: () => runTool('vite', ['build']),
  'browser tests': async () => {
    const CHROMIUM_PATH = await findChromium();
    const passed = await runTool('playwright', ['test', '--reporter=line,json'], {
      CHROMIUM_PATH,
      PLAYWRIGHT_JSON_OUTPUT_NAME: browserReport,
    });
    counts = addCounts(counts, playwrightCounts(readReport(browserReport)));
    return passed;
  },
};

const failedStage = await runStages();
rmSync(reports, { recursive: true, force: true });
// A stage that failed without a failed test (lint, types, build, a crash) counts as one.
if (failedStage !== undefined && counts.failed === 0) counts = { ...counts, failed: 1 };
process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
if (failedStage !== undefined) console.log(`\nFailed: ${failedStage}`);
console.log(closingLine(counts));

async function runStages() {
  try {
    requireSetup();
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    return 'set-up';
  }
  for (const [name, run] of Object.entries(stages)) {
    console.log(`\n== ${name}`);
    try {
      if (!(await run())) return name;
    } catch (cause) {
      console.error(cause instanceof Error ? cause.message : cause);
      return name;
    }
    if (counts.failed > 0) return name;
  }
  return undefined;
}

function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`there is no report of the tests: ${cause instanceof Error ? cause.message : cause}`);
  }
}
