import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'vite';
import { describe, expect, it } from 'vitest';

/** DESIGN.md section 3 as a failing test. Paths are relative to src/, with slashes. */
const SRC = fileURLToPath(new URL('.', import.meta.url));

/** Which folder may import which, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  sim: ['domain'],
  ingest: ['domain'],
  detect: ['domain'],
  respond: ['domain'],
  evaluate: ['domain'],
  storage: ['domain'],
  engine: ['domain', 'detect', 'respond', 'evaluate'],
  workers: ['domain', 'sim', 'ingest', 'detect', 'respond', 'evaluate', 'storage', 'engine'],
  app: ['domain', 'evaluate', 'workers/client', 'workers/api', 'workers/file-api'],
  ui: ['app', 'domain'],
  'main.tsx': ['app', 'ui'],
};

/** Which package stands where: path prefixes. Whatever is not listed is nowhere allowed. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  react: ['ui/', 'main.tsx'],
  'react-dom': ['ui/', 'main.tsx'],
  'lucide-react': ['ui/'],
  'radix-ui': ['ui/'],
  sonner: ['ui/'],
  '@tanstack/react-virtual': ['ui/'],
  zustand: ['app/'],
  dexie: ['storage/'],
  comlink: ['workers/'],
  'plotly.js': ['ui/charts/'],
  'globe.gl': ['ui/globe/'],
  three: ['ui/globe/'],
  'd3-geo': ['ui/globe/'],
  'world-atlas': ['ui/globe/'],
  'topojson-client': ['ui/globe/'],
  'topojson-specification': ['ui/globe/'],
  geojson: ['ui/globe/'],
  '@tensorflow/tfjs': ['detect/logs/'],
  '@tensorflow/tfjs-core': ['detect/logs/'],
  '@tensorflow/tfjs-layers': ['detect/logs/'],
  '@tensorflow/tfjs-backend-cpu': ['detect/logs/'],
  // The worker hands the address of the wasm file to detect/logs, which may not know about bundlers.
  '@tensorflow/tfjs-backend-wasm': ['detect/logs/', 'workers/log.worker.ts'],
  'ml-isolation-forest': ['detect/metrics/'],
  papaparse: ['ingest/'],
  valibot: ['domain/', 'sim/', 'ingest/', 'detect/', 'respond/', 'evaluate/', 'engine/', 'storage/'],
};

const PURE = ['domain', 'sim', 'ingest', 'detect', 'respond', 'evaluate', 'engine'];

/** The only places of a pure folder that touch a clock or the global randomness, and why. */
const ALLOWED_EFFECTS: Readonly<Record<string, readonly string[]>> = {
  // ml-isolation-forest takes no generator: Math.random is replaced for one synchronous call by a seeded one.
  'detect/metrics/forest-grow.ts': ['Math.random'],
  // A deadline for the wasm backend, which can hang for ever, and a turn of the event loop between epochs.
  'detect/logs/tf-autoencoder.ts': ['setTimeout'],
};

/** Folders whose files exist for tests are free to wire anything together. */
const EXEMPT = /(\.test\.tsx?|\/testing\.ts|\/store-contract\.ts|\/sample-records\.ts|\.d\.ts)$/;

interface Facts {
  /** Specifiers of all imports and re-exports, types and dynamic ones included. */
  readonly imports: readonly string[];
  /** Uses of a clock, timers or the global randomness. */
  readonly effects: readonly string[];
}

const CLOCKED = ['Math.random', 'Date.now', 'performance.now', 'crypto.getRandomValues', 'crypto.randomUUID'];
const TIMERS = ['setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame'];

function readFacts(path: string, source: string): Facts {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const imports: string[] = [];
  const effects: string[] = [];
  const note = (node: { readonly source: unknown }): void => {
    const literal = node.source as { readonly value?: unknown } | null;
    if (typeof literal?.value === 'string') imports.push(literal.value);
  };
  new Visitor({
    ImportDeclaration: note,
    ExportNamedDeclaration: note,
    ExportAllDeclaration: note,
    ImportExpression: note,
    TSImportType: note,
    MemberExpression: (node) => {
      const property = node.property.type === 'Identifier' ? node.property.name : '';
      const object = node.object.type === 'Identifier' ? node.object.name : '';
      if (CLOCKED.includes(`${object}.${property}`)) effects.push(`${object}.${property}`);
      if (TIMERS.includes(property)) effects.push(property);
    },
    CallExpression: (node) => {
      const name = node.callee.type === 'Identifier' ? node.callee.name : '';
      if (TIMERS.includes(name)) effects.push(name);
      if (name === 'Date') effects.push('Date()');
    },
    NewExpression: (node) => {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && node.arguments.length === 0) {
        effects.push('new Date()');
      }
    },
  }).visit(program);
  return { imports, effects };
}

/** What a file does against the tables, one sentence each. */
function findViolations(path: string, source: string): string[] {
  const facts = readFacts(path, source);
  const folder = path.split('/')[0] ?? '';
  const violations = facts.imports.flatMap((specifier) =>
    specifier.startsWith('.') ? checkRelative(path, folder, specifier) : checkPackage(path, specifier),
  );
  if (PURE.includes(folder)) {
    const allowed = ALLOWED_EFFECTS[path] ?? [];
    for (const effect of facts.effects) {
      if (!allowed.includes(effect)) violations.push(`${path} uses ${effect}: seed and clock are arguments`);
    }
  }
  return violations;
}

function checkRelative(path: string, folder: string, specifier: string): string[] {
  const target = normalize(join(dirname(path), specifier.replace(/\?.*$/, '')))
    .split(sep)
    .join('/');
  // The app's version is stated in one place only.
  if (target === '../package.json' && ['workers', 'app'].includes(folder)) return [];
  if (target === '..' || target.startsWith('../')) return [`${path} imports ${specifier}, which is outside of src`];
  const targetFolder = target.split('/')[0] ?? '';
  if (targetFolder === folder) return [];
  const allowed = MAY_IMPORT[folder];
  if (allowed === undefined) return [`${path} is in no folder of the table`];
  const module = target.replace(/\.tsx?$/, '');
  return allowed.includes(targetFolder) || allowed.includes(module)
    ? []
    : [`${path} imports ${target}: ${folder} may import only ${allowed.join(', ') || 'nothing'}`];
}

function checkPackage(path: string, specifier: string): string[] {
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const places = PACKAGES[name];
  if (places === undefined) return [`${path} imports ${name}, which stands in no folder of the table`];
  return places.some((place) => path.startsWith(place))
    ? []
    : [`${path} imports ${name}, which stands only in ${places.join(', ')}`];
}

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => /\.tsx?$/.test(path) && !EXEMPT.test(path));
}

/** Where ground truth, or what is counted with it, may be named: the source that makes it, the scoreboard, and who shows that. */
const KNOWS_TRUTH =
  /^(domain\/(faults|events|scenario|scoreboard)|sim\/|evaluate\/|engine\/(ports|context|run-life|engine|engine-state|loop|tick|scoreboard|scoreboard-alarms|scoreboard-state|judge-batch)\.ts|workers\/(api|sim-api|engine\.worker|evaluate-run)\.ts|app\/|ui\/)/;
/** Of these the loop may only tell the scoreboard what was scored, never ask. */
const TELLS_ONLY = /^engine\/(tick|loop)\.ts$/;
const TRUTH_WORDS =
  /\b(Truth(Interval|Source|Span)|NormalEventRecord|Scoreboard|ScoreKeeper|createBoard)\b|\/evaluate\//;
const ASKING = /\bscores\.(snapshot|judge|pending|revision|save)\b|\.truth\b/;
/** What was counted with the truth is stored for the score keeper alone: who writes it, who reads it back, and the table's own code. */
const KEEPS_BOARD = /^(storage\/|engine\/(ports|run-life)\.ts)/;
const READS_BOARD = /\bstore\.board\b|\bboard\(runId|['"`]boards['"`]/;

function findLeaks(path: string, source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  if (!KNOWS_TRUTH.test(path) && TRUTH_WORDS.test(code)) return [`${path} knows of the truth`];
  if (!KEEPS_BOARD.test(path) && READS_BOARD.test(code)) return [`${path} reads the stored board`];
  return TELLS_ONLY.test(path) && ASKING.test(code) ? [`${path} asks for the truth`] : [];
}

describe('the truth', () => {
  it('is known to nobody who detects, responds or stores', () => {
    expect(sourceFiles().flatMap((path) => findLeaks(path, readFileSync(join(SRC, path), 'utf8')))).toEqual([]);
  });

  it.each([
    ['detect/a.ts', `import type { TruthInterval } from '../domain/faults';`, 'detect/a.ts knows of the truth'],
    ['storage/a.ts', `export const put = (board: Scoreboard) => board;`, 'storage/a.ts knows of the truth'],
    ['engine/detection.ts', `import { createBoard } from '../evaluate/scoreboard';`, 'knows of the truth'],
    ['engine/tick.ts', 'if (input.scores.snapshot(query)) return;', 'engine/tick.ts asks for the truth'],
    ['engine/detection.ts', 'const known = await deps.store.board(runId);', 'reads the stored board'],
    ['detect/a.ts', `tx.get('boards', runId)`, 'reads the stored board'],
  ])('would be missed in %s: %s', (path, source, message) => {
    expect(findLeaks(path, source)).toEqual([expect.stringContaining(message)]);
  });
});

describe('the layers', () => {
  it('import only what stands below them, and each package in its one place', () => {
    const files = sourceFiles();
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((path) => findViolations(path, readFileSync(join(SRC, path), 'utf8')))).toEqual([]);
  });

  it.each([
    ['domain/a.ts', `import type { X } from '../detect/contract';`, 'domain may import only nothing'],
    ['detect/a.ts', `export * from '../engine/ports';`, 'detect may import only domain'],
    [
      'engine/a.ts',
      `const s = await import('../storage/store');`,
      'engine may import only domain, detect, respond, evaluate',
    ],
    ['ui/a.tsx', `type T = import('../workers/api').EngineApi;`, 'ui may import only app, domain'],
    ['app/a.ts', `import { x } from '../workers/transfer';`, 'app may import only'],
    ['app/a.ts', `import { useState } from 'react';`, 'react, which stands only in ui/'],
    ['ui/pages/a.tsx', `import plotly from 'plotly.js/lib/core';`, 'plotly.js, which stands only in ui/charts/'],
    ['sim/a.ts', `import _ from 'lodash';`, 'lodash, which stands in no folder'],
    ['sim/a.ts', `import { readFileSync } from 'node:fs';`, 'node:fs, which stands in no folder'],
    ['sim/a.ts', `import x from '../../package.json';`, 'outside of src'],
    ['other/a.ts', `import { x } from '../domain/ids';`, 'in no folder of the table'],
    ['sim/a.ts', 'export const now = () => Date.now();', 'sim/a.ts uses Date.now'],
    ['sim/a.ts', 'export const now = new Date();', 'sim/a.ts uses new Date()'],
    ['engine/a.ts', 'setTimeout(() => undefined, 0);', 'engine/a.ts uses setTimeout'],
    ['respond/a.ts', 'globalThis.setTimeout(() => undefined, 0);', 'respond/a.ts uses setTimeout'],
    ['detect/metrics/a.ts', 'const x = Math.random();', 'detect/metrics/a.ts uses Math.random'],
  ])('would notice in %s: %s', (path, source, message) => {
    expect(findViolations(path, source)).toEqual([expect.stringContaining(message)]);
  });

  it.each([
    ['engine/a.ts', `import { x } from '../detect/contract'; // Date.now() in a comment`],
    ['app/a.ts', `import { start } from '../workers/client';`],
    ['workers/log.worker.ts', `import url from '@tensorflow/tfjs-backend-wasm/dist/x.wasm?url';`],
    ['sim/a.ts', `import { fault } from './faults/leak'; const t = new Date(0); const text = 'Math.random()';`],
  ])('has nothing against %s: %s', (path, source) => {
    expect(findViolations(path, source)).toEqual([]);
  });
});
