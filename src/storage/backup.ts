import { parseJson } from '../domain/json-guard';
import { fromJson, toJson } from '../domain/plain-data';
import { err, ok, type Result } from '../domain/result';
import { parseSettings, type Settings } from '../domain/settings';
import type { Tx } from './backend';
import { type BackupContent, parseBackupContent, parseBoardRecord } from './backup-content';
import {
  type ChunkMeta,
  parseAlert,
  parseChunkMeta,
  parseDecision,
  parseInjection,
  parseLogChunk,
  parseModelInfo,
  parseOwnScenario,
  parseRun,
  parseTelemetryChunk,
} from './check';
import { keepSound, type StoreContext } from './context';
import { sha256Hex } from './digest';
import { addToTotals, EMPTY_TOTALS, writeTotals } from './retention';
import { TABLE_NAMES } from './schema';
import { describeError } from './trouble';

const FORMAT = 'cloud-anomaly-backup';
const SCHEMA_VERSION = 2;
/** V8 ends a text at 2^29 characters; the newest telemetry up to this many bytes goes into a backup (four thirds of it as base64). */
const MAX_TELEMETRY_BYTES = 300_000_000;
const LIMITS = { maxChars: 500_000_000, maxDepth: 64 };
/** Chunks turned into text at a time. */
const BATCH = 32;
const HEAD = new RegExp(`^\\{"format":"${FORMAT}","schemaVersion":\\d+,"sha256":"([0-9a-f]{64})","content":`);

/**
 * Everything stored as one JSON text, as it stood at one moment: typed arrays as base64, with the SHA-256 of the content. Damaged records are
 * left out (and noted); of telemetry beyond 300 MB the oldest is left out (and noted).
 */
export async function exportBackup(context: StoreContext): Promise<string> {
  const content = await context.backend.read(TABLE_NAMES, (tx) => contentText(context, tx));
  const digest = await sha256Hex(new TextEncoder().encode(content));
  return `{"format":"${FORMAT}","schemaVersion":${SCHEMA_VERSION},"sha256":"${digest}","content":${content}}`;
}

/** The content as JSON, section by section, so that no second copy of the telemetry is ever held as objects. */
async function contentText(context: StoreContext, tx: Tx): Promise<string> {
  const sound = <T>(
    table: Parameters<typeof keepSound>[1],
    records: readonly unknown[],
    parse: Parameters<typeof keepSound<T>>[3],
  ) => keepSound(context, table, records, parse);
  const injections = (await tx.range('injections', { index: 'primary' })).flatMap((record) =>
    sound('injections', [record], parseInjection).map((injection) => ({ runId: runIdOf(record), injection })),
  );
  const sections = {
    runs: sound('runs', await tx.range('runs', { index: 'byStart' }), parseRun),
    alerts: sound('alerts', await tx.range('alerts', { index: 'primary' }), parseAlert),
    decisions: sound('decisions', await tx.range('decisions', { index: 'primary' }), parseDecision),
    injections,
    models: await modelsOf(context, tx),
    boards: sound('boards', await tx.range('boards', { index: 'primary' }), parseBoardRecord),
    scenarios: sound('scenarios', await tx.range('scenarios', { index: 'byTime' }), parseOwnScenario),
    settings: soundSettings(context, await tx.get('settings', 'settings')),
  };
  const head = JSON.stringify(toJson(sections)).slice(0, -1);
  return `${head},"chunks":[${(await chunkTexts(context, tx)).join(',')}]}`;
}

async function modelsOf(context: StoreContext, tx: Tx): Promise<object[]> {
  const infos = keepSound(context, 'models', await tx.range('models', { index: 'byVersion' }), parseModelInfo);
  const contents = await tx.getAll(
    'modelContents',
    infos.map((info) => info.id),
  );
  return infos.map((info, i) => {
    const record = contents[i];
    return typeof record === 'object' && record !== null && 'content' in record
      ? { info, content: record.content }
      : { info };
  });
}

async function chunkTexts(context: StoreContext, tx: Tx): Promise<string[]> {
  const metas = newestThatFit(
    context,
    keepSound(context, 'chunks', await tx.range('chunks', { index: 'byAge' }), parseChunkMeta),
  );
  const texts: string[] = [];
  for (let at = 0; at < metas.length; at += BATCH) {
    for (const meta of metas.slice(at, at + BATCH)) {
      const record = await tx.get(meta.kind, [meta.runId, meta.seq]);
      const [chunk] =
        meta.kind === 'telemetry'
          ? keepSound(context, 'telemetry', [record], parseTelemetryChunk)
          : keepSound(context, 'logs', [record], parseLogChunk);
      if (chunk !== undefined) texts.push(JSON.stringify(toJson({ kind: meta.kind, chunk })));
    }
  }
  return texts;
}

function newestThatFit(context: StoreContext, metas: readonly ChunkMeta[]): readonly ChunkMeta[] {
  let room = MAX_TELEMETRY_BYTES;
  let first = metas.length;
  while (first > 0 && room >= (metas[first - 1]?.bytes ?? 0)) {
    first--;
    room -= metas[first]?.bytes ?? 0;
  }
  if (first > 0)
    context.trouble(
      `the backup leaves out the ${first} oldest of ${metas.length} telemetry chunks: too large for one file`,
    );
  return metas.slice(first);
}

/**
 * Replaces everything stored by a backup, in one transaction. The text is checked as a whole first: form, version, digest, each record.
 * Errors: `backup` with what is wrong and where; then nothing changed.
 */
export async function importBackup(context: StoreContext, text: string): Promise<Result<void, 'backup'>> {
  const content = await readBackup(text);
  if (!content.ok) return content;
  try {
    await context.backend.write(TABLE_NAMES, 'strict', (tx) => replaceAll(tx, content.value));
    return ok(undefined);
  } catch (error) {
    return err('backup', `the backup could not be stored, nothing was changed: ${describeError(error)}`);
  }
}

/** Checks the text of a backup without storing anything. Errors: `backup` with what is wrong and where. */
export async function readBackup(text: string): Promise<Result<BackupContent, 'backup'>> {
  const parsed = parseJson(text, LIMITS);
  if (!parsed.ok) return err('backup', `not a backup: ${parsed.error.message}`);
  const file = parsed.value;
  if (typeof file !== 'object' || file === null || !('format' in file) || file.format !== FORMAT) {
    const format: unknown = typeof file === 'object' && file !== null && 'format' in file ? file.format : undefined;
    return err('backup', `not a backup: format is ${String(JSON.stringify(format))}, not "${FORMAT}"`);
  }
  const version: unknown = 'schemaVersion' in file ? file.schemaVersion : undefined;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return err('backup', `schemaVersion must be a whole number of at least 1, got ${String(JSON.stringify(version))}`);
  }
  if (version > SCHEMA_VERSION) {
    return err('backup', `newer: schemaVersion ${version}, this app reads up to ${SCHEMA_VERSION}`);
  }
  // The digest is of the text itself, so that hundreds of megabytes need not be written again to check it.
  const head = HEAD.exec(text.slice(0, 300));
  if (head === null || !text.endsWith('}')) return err('backup', 'changed: the head is not as this app writes it');
  const digest = await sha256Hex(new TextEncoder().encode(text.slice(head[0].length, -1)));
  if (digest !== head[1]) return err('backup', `changed or damaged: SHA-256 is ${digest}, the file says ${head[1]}`);
  const content = fromJson('content' in file ? file.content : undefined, 'content');
  return content.ok ? parseBackupContent(content.value) : err('backup', content.error.message);
}

async function replaceAll(tx: Tx, content: BackupContent): Promise<void> {
  for (const table of TABLE_NAMES) await tx.clear(table);
  await tx.put('runs', content.runs);
  await tx.put('alerts', content.alerts);
  await tx.put(
    'decisions',
    content.decisions.map((decision, order) => ({ ...decision, order })),
  );
  await tx.put(
    'injections',
    content.injections.map(({ runId, injection }) => ({ ...injection, runId })),
  );
  await tx.put(
    'models',
    content.models.map(({ info }) => info),
  );
  await tx.put(
    'modelContents',
    content.models.flatMap(({ info, content: data }) => (data === undefined ? [] : [{ id: info.id, content: data }])),
  );
  await tx.put('boards', content.boards);
  await tx.put('scenarios', content.scenarios);
  if (content.settings !== undefined) await tx.put('settings', [{ key: 'settings', value: content.settings }]);
  await replaceChunks(tx, content);
}

async function replaceChunks(tx: Tx, content: BackupContent): Promise<void> {
  let totals = EMPTY_TOTALS;
  const metas = content.chunks.map(({ kind, chunk }, order): ChunkMeta => {
    const { runId, seq, n, from, to } = chunk;
    return { kind, runId, seq, n, from, to, bytes: columnBytes(chunk), order };
  });
  for (const meta of metas) totals = addToTotals(totals, meta, 1);
  for (const { kind, chunk } of content.chunks) await tx.put(kind, [chunk]);
  await tx.put('chunks', metas);
  await writeTotals(tx, { ...totals, nextOrder: metas.length });
}

/** Bytes of all typed arrays in a chunk. */
function columnBytes(chunk: object): number {
  let bytes = 0;
  for (const value of Object.values(chunk).flat()) if (ArrayBuffer.isView(value)) bytes += value.byteLength;
  return bytes;
}

function runIdOf(record: unknown): string {
  return typeof record === 'object' && record !== null && 'runId' in record ? String(record.runId) : '';
}

function soundSettings(context: StoreContext, record: unknown): Settings | undefined {
  if (typeof record !== 'object' || record === null || !('value' in record)) return undefined;
  const settings = parseSettings(record.value);
  if (!settings.ok) context.skip('settings', settings.error.message);
  return settings.ok ? settings.value : undefined;
}
