import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Entry file of each tool: run by the Node that runs this, so that no shell and no PATH is needed on any system. */
const ENTRIES = {
  biome: 'node_modules/@biomejs/biome/bin/biome',
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};

/** The projects that are type-checked: one for each set of globals. */
export const TYPE_PROJECTS = ['tsconfig.pure.json', 'tsconfig.worker.json', 'tsconfig.app.json', 'tsconfig.test.json'];

/**
 * Runs one of the project's tools in the project's folder with its output shown as it comes. Gives whether it succeeded.
 * @param {keyof typeof ENTRIES} tool
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<boolean>}
 */
export function runTool(tool, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(ROOT, ENTRIES[tool]), ...args], {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    });
    child.on('error', (cause) => {
      console.error(`${tool} could not be started: ${cause.message}`);
      done(false);
    });
    child.on('close', (code) => done(code === 0));
  });
}

/** Runs the checks one after the other; stops at the first that fails. Gives whether all succeeded. */
export async function checkTypes() {
  for (const project of TYPE_PROJECTS) {
    if (!(await runTool('tsc', ['-p', project]))) return false;
  }
  return true;
}

/** Throws with what to do when Node is too old or nothing is installed. */
export function requireSetup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`This needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  }
  if (!existsSync(join(ROOT, ENTRIES.vite))) throw new Error('Nothing is installed yet. Run: npm ci');
}
