import type { PlainData } from '../../domain/models';
import { err, ok, type Result } from '../../domain/result';
import { readArray, readInteger, readList, readObject } from '../read-saved';
import { hashWord, SHAPE_COUNT } from './encode';
import type { TrainedTemplate } from './log-model';
import { MAX_TOKENS } from './normalise';
import type { SavedTemplate, SavedTemplates } from './template-miner';

const MAX_TEMPLATES = 10_000;
const MAX_TOKEN_CHARS = 8192;
const MAX_ID = 0xffff_ffff;
const LEVELS = 6;

type BadModel<T> = Result<T, 'bad-model'>;

interface Texts {
  readonly ids: Uint32Array;
  readonly tokens: readonly (readonly string[])[];
  readonly hashes: readonly Int32Array[];
}

/** The miner's table as columns. */
export function saveTemplates(saved: SavedTemplates): PlainData {
  const { templates, nextId } = saved;
  return {
    nextId,
    ...saveTexts(templates),
    groups: Uint32Array.from(templates, (template) => template.group),
    counts: Float64Array.from(templates, (template) => template.count),
    firstSeen: Float64Array.from(templates, (template) => template.firstSeen),
    lastSeen: Float64Array.from(templates, (template) => template.lastSeen),
  };
}

/** Reads what `saveTemplates` gave, trusting nothing. Errors: bad-model naming the field. */
export function readTemplates(saved: unknown, path: string): BadModel<SavedTemplates> {
  const object = readObject(saved, path, [
    'nextId',
    'ids',
    'groups',
    'tokens',
    'hashes',
    'counts',
    'firstSeen',
    'lastSeen',
  ]);
  if (!object.ok) return object;
  const texts = readTexts(object.value, path);
  if (!texts.ok) return texts;
  const { ids, tokens, hashes } = texts.value;
  const largest = ids.reduce((max, id) => Math.max(max, id), 0);
  const nextId = readInteger(object.value.nextId, `${path}.nextId`, largest + 1, MAX_ID);
  if (!nextId.ok) return nextId;
  const length = ids.length;
  const groups = readGroups(object.value.groups, `${path}.groups`, texts.value);
  if (!groups.ok) return groups;
  const counts = readArray(object.value.counts, `${path}.counts`, Float64Array, { length, min: 0 });
  if (!counts.ok) return counts;
  const firstSeen = readArray(object.value.firstSeen, `${path}.firstSeen`, Float64Array, { length });
  if (!firstSeen.ok) return firstSeen;
  const lastSeen = readArray(object.value.lastSeen, `${path}.lastSeen`, Float64Array, { length });
  if (!lastSeen.ok) return lastSeen;
  const templates = tokens.map(
    (list, i): SavedTemplate => ({
      id: ids[i],
      group: groups.value[i],
      tokens: list,
      hashes: hashes[i],
      count: counts.value[i],
      firstSeen: firstSeen.value[i],
      lastSeen: lastSeen.value[i],
    }),
  );
  return ok({ nextId: nextId.value, templates });
}

/** The templates of training as columns. */
export function saveTrained(templates: Iterable<TrainedTemplate>): PlainData {
  const list = [...templates];
  return {
    ...saveTexts(list),
    counts: Float64Array.from(list, (template) => template.count),
    levels: Uint8Array.from(list, (template) => template.level),
    shapes: Uint16Array.from(list, (template) => template.shape),
    rates: Float64Array.from(list, (template) => template.ratePerMs),
    peaks: Float64Array.from(list, (template) => template.peak),
    clumping: Float64Array.from(list, (template) => template.clumping),
  };
}

/** Reads what `saveTrained` gave, trusting nothing. Errors: bad-model naming the field. */
export function readTrained(saved: unknown, path: string): BadModel<Map<number, TrainedTemplate>> {
  const object = readObject(saved, path, [
    'ids',
    'tokens',
    'hashes',
    'counts',
    'levels',
    'shapes',
    'rates',
    'peaks',
    'clumping',
  ]);
  if (!object.ok) return object;
  const texts = readTexts(object.value, path);
  if (!texts.ok) return texts;
  const { ids, tokens, hashes } = texts.value;
  const length = ids.length;
  const counts = readArray(object.value.counts, `${path}.counts`, Float64Array, { length, min: 0 });
  if (!counts.ok) return counts;
  const levels = readArray(object.value.levels, `${path}.levels`, Uint8Array, { length, max: LEVELS - 1 });
  if (!levels.ok) return levels;
  const shapes = readArray(object.value.shapes, `${path}.shapes`, Uint16Array, { length, max: SHAPE_COUNT - 1 });
  if (!shapes.ok) return shapes;
  const rates = readArray(object.value.rates, `${path}.rates`, Float64Array, { length, min: 0 });
  if (!rates.ok) return rates;
  const peaks = readArray(object.value.peaks, `${path}.peaks`, Float64Array, { length, min: 1 });
  if (!peaks.ok) return peaks;
  const clumping = readArray(object.value.clumping, `${path}.clumping`, Float64Array, { length, min: 0 });
  if (!clumping.ok) return clumping;
  const templates = tokens.map(
    (list, ordinal): TrainedTemplate => ({
      id: ids[ordinal],
      ordinal,
      tokens: list,
      hashes: hashes[ordinal],
      words: Int32Array.from(list, hashWord),
      count: counts.value[ordinal],
      level: levels.value[ordinal],
      shape: shapes.value[ordinal],
      ratePerMs: rates.value[ordinal],
      peak: peaks.value[ordinal],
      clumping: clumping.value[ordinal],
    }),
  );
  return ok(new Map(templates.map((template) => [template.id, template])));
}

function saveTexts(
  templates: readonly { readonly id: number; readonly tokens: readonly string[]; readonly hashes: Int32Array }[],
): { readonly [key: string]: PlainData } {
  return {
    ids: Uint32Array.from(templates, (template) => template.id),
    tokens: templates.map((template) => [...template.tokens]),
    hashes: Int32Array.from(templates.flatMap((template) => [...template.hashes])),
  };
}

/** Ids, tokens and the hash of each token (0 exactly where the token is '', that is, varies). */
function readTexts(object: Readonly<Record<string, unknown>>, path: string): BadModel<Texts> {
  const ids = readArray(object.ids, `${path}.ids`, Uint32Array, { maxLength: MAX_TEMPLATES });
  if (!ids.ok) return ids;
  if (new Set(ids.value).size !== ids.value.length) return err('bad-model', `${path}.ids has an id twice`);
  const lists = readList(object.tokens, `${path}.tokens`, MAX_TEMPLATES);
  if (!lists.ok) return lists;
  if (lists.value.length !== ids.value.length) {
    return err('bad-model', `${path}.tokens must have ${ids.value.length} entries, got ${lists.value.length}`);
  }
  const tokens: string[][] = [];
  for (const [i, entry] of lists.value.entries()) {
    const list = readTokens(entry, `${path}.tokens[${i}]`);
    if (!list.ok) return list;
    tokens.push(list.value);
  }
  const length = tokens.reduce((sum, list) => sum + list.length, 0);
  const flat = readArray(object.hashes, `${path}.hashes`, Int32Array, { length });
  if (!flat.ok) return flat;
  const hashes: Int32Array[] = [];
  let at = 0;
  for (const [i, list] of tokens.entries()) {
    const own = flat.value.slice(at, at + list.length);
    const wrong = list.findIndex((token, k) => (token === '') !== (own[k] === 0));
    if (wrong >= 0)
      return err('bad-model', `${path}.hashes[${at + wrong}] does not fit token ${wrong} of template ${i}`);
    hashes.push(own);
    at += list.length;
  }
  return ok({ ids: ids.value, tokens, hashes });
}

/** The group of each template; those of one group must have equally many tokens. */
function readGroups(saved: unknown, path: string, { ids, tokens }: Texts): BadModel<Uint32Array> {
  const groups = readArray(saved, path, Uint32Array, { length: ids.length });
  if (!groups.ok) return groups;
  const lengths = new Map<number, number>();
  for (const [i, group] of groups.value.entries()) {
    const length = lengths.get(group) ?? tokens[i].length;
    if (length !== tokens[i].length) {
      return err(
        'bad-model',
        `${path}[${i}] is ${group}, whose templates have ${length} tokens, not ${tokens[i].length}`,
      );
    }
    lengths.set(group, length);
  }
  return groups;
}

function readTokens(entry: unknown, path: string): BadModel<string[]> {
  const list = readList(entry, path, MAX_TOKENS);
  if (!list.ok) return list;
  const tokens: string[] = [];
  for (const [i, token] of list.value.entries()) {
    if (typeof token !== 'string' || token.length > MAX_TOKEN_CHARS) {
      return err('bad-model', `${path}[${i}] must be a text of at most ${MAX_TOKEN_CHARS} characters`);
    }
    tokens.push(token);
  }
  return ok(tokens);
}
