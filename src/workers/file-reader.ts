import { err, type Result } from '../domain/result';
import { type FilePlan, inspectFile } from '../ingest/inspect';
import { HEAD_BYTES } from '../ingest/limits';
import { createParser } from '../ingest/parse';
import type { ParsedFile } from '../ingest/types';
import type { ColumnMapping } from './file-api';

/** Bytes read and parsed in one go: small enough that a cancel acts within 200 ms. */
const CHUNK_BYTES = 131_072;

/** Looks at the first bytes of a file. Errors: what inspectFile says, `unreadable` when the browser cannot read it. */
export async function inspect(file: File): Promise<Result<FilePlan>> {
  try {
    const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
    return inspectFile(head, { name: file.name, bytes: file.size, latest: file.lastModified || Date.now() });
  } catch (cause) {
    return err(
      'unreadable',
      `${file.name} could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
  }
}

/** Reads and parses a whole file in pieces; between two pieces progress (0..1) is told and `cancelled` is asked. */
export async function parseFile(
  file: File,
  mapping: ColumnMapping,
  onProgress: (progress: number) => void,
  cancelled: () => boolean,
): Promise<Result<ParsedFile>> {
  const plan = await inspect(file);
  if (!plan.ok) return plan;
  const parser = createParser(plan.value, mapping);
  if (!parser.ok) return parser;
  for (let from = 0; from < file.size; from += CHUNK_BYTES) {
    if (cancelled()) return err('cancelled', `opening ${file.name} was cancelled`);
    try {
      const bytes = new Uint8Array(await file.slice(from, from + CHUNK_BYTES).arrayBuffer());
      if (!parser.value.push(bytes)) break;
    } catch (cause) {
      return err('unreadable', `${file.name} could not be read past byte ${from}: ${String(cause)}`);
    }
    onProgress(Math.min(1, (from + CHUNK_BYTES) / file.size));
    // Lets a cancel message in: parsing alone never yields.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return parser.value.finish();
}
