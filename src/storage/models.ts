import type { ModelId } from '../domain/ids';
import type { ModelKind, ModelVersion, PlainData, SavedModel } from '../domain/models';
import { LAST_KEY, type Tx } from './backend';
import { parseModelInfo } from './check';
import { keepSound, type StoreContext } from './context';

/** Contents of older versions than these are deleted; what is known about them stays. */
export const KEPT_CONTENTS = 5;
/** Versions of a kind that are known: a fleet at 60 times real time trains a thousand an hour. */
export const KEPT_VERSIONS = 50;

/** Adds a model version (or replaces the one with its id) and makes it the active one of its kind. Durable when it resolves. */
export async function putModel(context: StoreContext, model: SavedModel): Promise<void> {
  const { info, content } = model;
  await context.backend.write(['models', 'modelContents'], 'strict', async (tx) => {
    const others = (await infosOf(context, tx, info.kind)).filter((other) => other.id !== info.id);
    const retired = others.filter((other) => other.active).map((other) => ({ ...other, active: false }));
    await tx.put('models', [...retired, { ...info, active: true }]);
    await tx.put('modelContents', [{ id: info.id, content }]);
    // Newest first, after the one just added.
    const older = others.map((other) => other.id).reverse();
    await tx.remove('modelContents', older.slice(KEPT_CONTENTS - 1));
    await tx.remove('models', older.slice(KEPT_VERSIONS - 1));
  });
}

/** What is known about every model version: both kinds, by version. */
export async function listModels(context: StoreContext): Promise<readonly ModelVersion[]> {
  const records = await context.backend.read(['models'], (tx) => tx.range('models', { index: 'byVersion' }));
  return keepSound(context, 'models', records, parseModelInfo);
}

/** The active model of a kind; undefined when there is none, or it is damaged. */
export async function readActiveModel(context: StoreContext, kind: ModelKind): Promise<SavedModel | undefined> {
  return context.backend.read(['models', 'modelContents'], async (tx) => {
    const active = (await infosOf(context, tx, kind)).filter((info) => info.active).at(-1);
    if (active === undefined) return undefined;
    const model = await withContent(tx, active);
    if (model === undefined) context.skip('modelContents', `the active model ${active.id} has no content`);
    return model;
  });
}

/** One version with its content; undefined when unknown, damaged, or its content is no longer kept. */
export async function findModel(context: StoreContext, id: ModelId): Promise<SavedModel | undefined> {
  return context.backend.read(['models', 'modelContents'], async (tx) => {
    const [info] = keepSound(context, 'models', [await tx.get('models', id)], parseModelInfo);
    return info === undefined ? undefined : withContent(tx, info);
  });
}

async function withContent(tx: Tx, info: ModelVersion): Promise<SavedModel | undefined> {
  const record = await tx.get('modelContents', info.id);
  return typeof record === 'object' && record !== null && 'content' in record
    ? { info, content: record.content as PlainData }
    : undefined;
}

async function infosOf(context: StoreContext, tx: Tx, kind: ModelKind): Promise<readonly ModelVersion[]> {
  const records = await tx.range('models', { index: 'byVersion', from: [kind], to: [kind, LAST_KEY] });
  return keepSound(context, 'models', records, parseModelInfo);
}
