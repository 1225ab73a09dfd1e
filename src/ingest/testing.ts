import type { Result } from '../domain/result';
import { logMessage } from '../domain/telemetry';
import { type FilePlan, inspectFile } from './inspect';
import { HEAD_BYTES } from './limits';
import { createParser } from './parse';
import type { ColumnMapping, IngestCode, ParsedFile } from './types';

/** Fixed "last changed" time of the files in tests: 22 November 2026, 12:00 UTC. */
export const TEST_LATEST = Date.UTC(2026, 10, 22, 12);

/** Runs a whole text or bytes through inspection and parser, in chunks of `chunkBytes`. For tests. */
export function readWhole(
  content: string | Uint8Array,
  options: { readonly name?: string; readonly mapping?: ColumnMapping; readonly chunkBytes?: number } = {},
): Result<ParsedFile, IngestCode> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const plan = inspectWhole(bytes, options.name ?? 'file.csv');
  if (!plan.ok) return plan;
  const parser = createParser(plan.value, options.mapping ?? plan.value.preview.mapping);
  if (!parser.ok) return parser;
  const size = options.chunkBytes ?? 65_536;
  for (let at = 0; at < bytes.length; at += size) parser.value.push(bytes.subarray(at, at + size));
  return parser.value.finish();
}

export function inspectWhole(bytes: Uint8Array, name: string): Result<FilePlan, IngestCode> {
  return inspectFile(bytes.subarray(0, HEAD_BYTES), { name, bytes: bytes.length, latest: TEST_LATEST });
}

/** The value of a result that must be a success; throws its message otherwise. For tests. */
export function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export function messagesOf(parsed: ParsedFile): string[] {
  return Array.from({ length: parsed.logs.n }, (_, i) => logMessage(parsed.logs, i));
}
