import { checkTypes, requireSetup } from './tools.mjs';

try {
  requireSetup();
  process.exitCode = (await checkTypes()) ? 0 : 1;
} catch (cause) {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
}
