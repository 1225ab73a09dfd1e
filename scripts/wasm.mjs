import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT, requireSetup } from './tools.mjs';

/** npm run wasm: writes src/detect/metrics/*-wasm-bytes.ts anew from their generators. */
requireSetup();
const { module } = await runnerImport(join(ROOT, 'scripts/wasm/main.ts'));
module.main();
