import type { RunId } from '../domain/ids';
import type { LogChunk, TelemetryChunk } from '../domain/records';
import { LAST_KEY, type Tx } from './backend';
import { type ChunkMeta, type Parse, parseChunkMeta, parseLogChunk, parseSeq, parseTelemetryChunk } from './check';
import { keepSound, type StoreContext } from './context';
import { addToTotals, readTotals, writeTotals } from './retention';

type Chunk = TelemetryChunk | LogChunk;
type ChunkKind = ChunkMeta['kind'];

/** So many chunks of a walk are in memory at a time: some megabytes. */
const CHUNKS_AT_ONCE = 4;

/** Stores one chunk of samples; one with the same run and seq is replaced. Relaxed durability. */
export async function addTelemetry(context: StoreContext, chunk: TelemetryChunk): Promise<void> {
  await addChunk(context, 'telemetry', chunk);
}

/** Stores one chunk of log lines; one with the same run and seq is replaced. Relaxed durability. */
export async function addLogs(context: StoreContext, chunk: LogChunk): Promise<void> {
  await addChunk(context, 'logs', chunk);
}

/** Chunks of samples of a run that overlap [from, to], in the order of their seq. */
export function listTelemetry(
  context: StoreContext,
  runId: RunId,
  from: number,
  to: number,
): Promise<readonly TelemetryChunk[]> {
  return listChunks(context, 'telemetry', { runId, from, to }, parseTelemetryChunk);
}

/** Chunks of log lines of a run that overlap [from, to], in the order of their seq. */
export function listLogs(context: StoreContext, runId: RunId, from: number, to: number): Promise<readonly LogChunk[]> {
  return listChunks(context, 'logs', { runId, from, to }, parseLogChunk);
}

/** Chunks of samples of a run in the order of their seq, few at a time: those that are stored when the walk begins. */
export function walkTelemetry(context: StoreContext, runId: RunId): AsyncGenerator<TelemetryChunk> {
  return walkChunks(context, 'telemetry', runId, parseTelemetryChunk);
}

/** Chunks of log lines of a run in the order of their seq, few at a time: those that are stored when the walk begins. */
export function walkLogs(context: StoreContext, runId: RunId): AsyncGenerator<LogChunk> {
  return walkChunks(context, 'logs', runId, parseLogChunk);
}

/** The largest number and the latest time of a run's chunks of both kinds; undefined when none is stored. Reads four records. */
export async function findLastChunk(
  context: StoreContext,
  runId: RunId,
): Promise<{ readonly seq: number; readonly to: number } | undefined> {
  const records = await context.backend.read(['chunks'], async (tx) => {
    const found: unknown[] = [];
    for (const kind of ['telemetry', 'logs'] as const)
      for (const index of ['primary', 'byEnd'])
        found.push(
          ...(await tx.range('chunks', {
            index,
            from: [kind, runId],
            to: [kind, runId, LAST_KEY],
            reverse: true,
            limit: 1,
          })),
        );
    return found;
  });
  const metas = keepSound(context, 'chunks', records, parseChunkMeta);
  if (metas.length === 0) return undefined;
  return { seq: Math.max(...metas.map((meta) => meta.seq)), to: Math.max(...metas.map((meta) => meta.to)) };
}

async function addChunk(context: StoreContext, kind: ChunkKind, chunk: Chunk): Promise<void> {
  const { runId, seq, n, from, to } = chunk;
  const { record, bytes } = ownColumns(chunk);
  await context.backend.write([kind, 'chunks', 'counters'], 'relaxed', async (tx) => {
    const totals = await readTotals(tx);
    const replaced = parseChunkMeta(await tx.get('chunks', [kind, runId, seq]));
    const meta: ChunkMeta = { kind, runId, seq, n, from, to, bytes, order: totals.nextOrder };
    await tx.put(kind, [record]);
    await tx.put('chunks', [meta]);
    const without = replaced.ok ? addToTotals(totals, replaced.value, -1) : totals;
    await writeTotals(tx, { ...addToTotals(without, meta, 1), nextOrder: meta.order + 1 });
  });
}

async function listChunks<T extends Chunk>(
  context: StoreContext,
  kind: ChunkKind,
  span: { readonly runId: RunId; readonly from: number; readonly to: number },
  parse: Parse<T>,
): Promise<readonly T[]> {
  const records = await context.backend.read([kind, 'chunks'], async (tx) => {
    const keys = (await metasEndingSince(context, tx, kind, span.runId, span.from))
      .filter((meta) => meta.from <= span.to)
      .sort((a, b) => a.seq - b.seq)
      .map((meta) => [meta.runId, meta.seq]);
    return tx.getAll(kind, keys);
  });
  return keepSound(context, kind, records, parse);
}

async function* walkChunks<T extends Chunk>(
  context: StoreContext,
  kind: ChunkKind,
  runId: RunId,
  parse: Parse<T>,
): AsyncGenerator<T> {
  const last = await findLastChunk(context, runId);
  for (let next = 0; last !== undefined && next <= last.seq; ) {
    const range = { index: 'primary', from: [runId, next], to: [runId, last.seq], limit: CHUNKS_AT_ONCE };
    const records = await context.backend.read([kind], (tx) => tx.range(kind, range));
    yield* keepSound(context, kind, records, parse);
    const seq = parseSeq(records.at(-1));
    if (!seq.ok) return;
    next = seq.value.seq + 1;
  }
}

async function metasEndingSince(
  context: StoreContext,
  tx: Tx,
  kind: ChunkKind,
  runId: RunId,
  from: number,
): Promise<readonly ChunkMeta[]> {
  const records = await tx.range('chunks', {
    index: 'byEnd',
    from: [kind, runId, from],
    to: [kind, runId, LAST_KEY],
  });
  return keepSound(context, 'chunks', records, parseChunkMeta);
}

/** The chunk with columns that own their buffers (storing a view would store all of the buffer behind it), and its bytes. */
function ownColumns(chunk: Chunk): { readonly record: object; readonly bytes: number } {
  let bytes = 0;
  const own = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(own);
    if (!ArrayBuffer.isView(value)) return value;
    bytes += value.byteLength;
    return value.byteLength === value.buffer.byteLength ? value : (value as Float32Array).slice();
  };
  const record = Object.fromEntries(Object.entries(chunk).map(([key, value]) => [key, own(value)]));
  return { record, bytes };
}
