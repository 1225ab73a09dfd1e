import type { TemplateInfo } from '../../domain/verdicts';
import { hashWord } from './encode';
import { WILDCARD_TEXT } from './masks';
import { type LineScan, MAX_TOKENS, TOKEN_PARAMETER, tokenText } from './normalise';

/**
 * Groups log lines by template: Drain (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017).
 * A line goes down a tree of fixed depth (number of tokens, then the first two tokens) to a short list of templates and joins the most
 * similar one, if it is similar enough; otherwise it founds a new one. Where a template and its line differ, the template gets `<*>`.
 */
export interface TemplateMiner {
  /** The template of a scanned line. `line`: its text, kept as the example of a new template. A line of 0 tokens has template 0, which is never listed. */
  match(scan: LineScan, t: number, line: () => string): Template;
  /** Whether the last match founded a template or changed the text of one. */
  readonly lastWasNovel: boolean;
  get(id: number): Template | undefined;
  readonly size: number;
  /** All templates, oldest first. */
  list(): readonly Template[];
  /** Templates that are new or whose text changed since the last call. */
  takeChanged(): readonly Template[];
  save(): SavedTemplates;
}

export interface Template {
  readonly id: number;
  /** One entry a token; `''` where the whole token varies. */
  readonly tokens: string[];
  /** FNV-1a of each masked token; 0 where the whole token varies. */
  readonly hashes: Int32Array;
  /** `hashWord` of each token; 0 where it varies or holds no word. */
  readonly words: Int32Array;
  count: number;
  firstSeen: number;
  lastSeen: number;
  example: string;
}

export interface MinerOptions {
  /** Share of tokens that must be equal to join a template, (0, 1]. */
  readonly similarity: number;
  /** Tokens, from the first, that the tree branches on, >= 0. */
  readonly prefix: number;
  /** Branches of one node; further tokens share a branch. */
  readonly maxBranches: number;
  /** Beyond this the templates not seen for longest are forgotten. */
  readonly maxTemplates: number;
}

export const DEFAULT_MINER: MinerOptions = { similarity: 0.7, prefix: 2, maxBranches: 100, maxTemplates: 2000 };

export interface SavedTemplates {
  readonly nextId: number;
  readonly templates: readonly SavedTemplate[];
}

/** A template as stored: without its example, which is a line of the data. */
export interface SavedTemplate {
  readonly id: number;
  readonly tokens: readonly string[];
  readonly hashes: Int32Array;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** Share of the table that one eviction frees, so that a flood of new templates does not sort the table for each line. */
const EVICTED_SHARE = 0.05;
/** With fewer words in common, one that differs need not be a parameter. */
const MIN_SHARED_WORDS = 3;
const MAX_EXAMPLE_CHARS = 300;

interface Node {
  readonly branches: Map<number, Node>;
  readonly templates: Template[];
}

/** Starts a miner, empty or from saved templates. */
export function createTemplateMiner(options: MinerOptions = DEFAULT_MINER, saved?: SavedTemplates): TemplateMiner {
  const root = createNode();
  const byId = new Map<number, Template>();
  let changed = new Set<Template>();
  let nextId = saved?.nextId ?? 1;
  const blank: Template = newTemplate(0, [], new Int32Array(0), Number.NaN);

  for (const entry of saved?.templates ?? []) {
    const { id, tokens, hashes, count, firstSeen, lastSeen } = entry;
    insert({ ...newTemplate(id, [...tokens], hashes.slice(), firstSeen), count, lastSeen });
  }

  function insert(template: Template): void {
    leafFor(template.hashes, template.hashes.length, true)?.templates.push(template);
    byId.set(template.id, template);
    changed.add(template);
  }

  function leafFor(hashes: Int32Array, tokens: number, grow: boolean): Node | undefined {
    let node = childOf(root, tokens, grow ? Number.POSITIVE_INFINITY : -1);
    for (let i = 0; node !== undefined && i < options.prefix && i < tokens; i++) {
      const exact = hashes[i] === 0 ? undefined : node.branches.get(hashes[i]);
      node = exact ?? growBranch(node, hashes[i], grow);
    }
    return node;
  }

  /** The branch of a token without one of its own: a new one while there is room, else the shared branch 0. */
  function growBranch(node: Node, hash: number, grow: boolean): Node | undefined {
    if (hash !== 0 && grow && node.branches.size < options.maxBranches) return childOf(node, hash, options.maxBranches);
    return childOf(node, 0, grow ? Number.POSITIVE_INFINITY : -1);
  }

  /**
   * A template that differs from the line in a token that the tree branches on, and nowhere else: the tree would keep `user alice logged in` and
   * `user bob logged in` apart for ever. It moves to the shared branch.
   */
  function joinSibling(n: number): Template | undefined {
    if (options.prefix < 2 || keys[1] === 0) return undefined;
    const parent = root.branches.get(n)?.branches.get(keys[0]);
    for (const leaf of parent?.branches.values() ?? []) {
      const at = leaf.templates.findIndex((template) => differsOnlyAt(1, template, keys, n));
      if (at < 0) continue;
      const [template] = leaf.templates.splice(at, 1);
      generalise(template, keys, n);
      leafFor(template.hashes, n, true)?.templates.push(template);
      joined = true;
      return template;
    }
    return undefined;
  }

  function evict(): void {
    const victims = [...byId.values()].sort((a, b) => a.lastSeen - b.lastSeen || a.id - b.id);
    for (const victim of victims.slice(0, Math.max(1, Math.floor(options.maxTemplates * EVICTED_SHARE)))) {
      byId.delete(victim.id);
      changed.delete(victim);
    }
    root.branches.clear();
    for (const template of byId.values())
      leafFor(template.hashes, template.hashes.length, true)?.templates.push(template);
  }

  const keys = new Int32Array(MAX_TOKENS);
  let novel = false;
  let joined = false;

  return {
    match(scan, t, line) {
      const n = scan.tokens;
      if (n === 0) {
        novel = false;
        return blank;
      }
      for (let i = 0; i < n; i++) keys[i] = scan.kind[i] === TOKEN_PARAMETER ? 0 : scan.hash[i];
      const found = mostSimilar(leafFor(keys, n, false)?.templates, keys, n, options.similarity) ?? joinSibling(n);
      if (found === undefined) {
        if (byId.size >= options.maxTemplates) evict();
        const tokens = Array.from({ length: n }, (_, i) => (keys[i] === 0 ? '' : tokenText(scan, i)));
        const template = newTemplate(nextId++, tokens, keys.slice(0, n), t);
        template.lastSeen = t;
        template.count = 1;
        template.example = line().slice(0, MAX_EXAMPLE_CHARS);
        insert(template);
        novel = true;
        return template;
      }
      novel = generalise(found, keys, n) || joined;
      joined = false;
      if (novel) changed.add(found);
      found.count++;
      if (!(found.lastSeen >= t)) found.lastSeen = t;
      return found;
    },
    get lastWasNovel() {
      return novel;
    },
    get: (id) => (id === 0 ? blank : byId.get(id)),
    get size() {
      return byId.size;
    },
    list: () => [...byId.values()],
    takeChanged() {
      const taken = [...changed];
      changed = new Set();
      return taken;
    },
    save: () => ({
      nextId,
      templates: [...byId.values()].map(({ id, tokens, hashes, count, firstSeen, lastSeen }) => ({
        id,
        tokens: [...tokens],
        hashes: hashes.slice(),
        count,
        firstSeen,
        lastSeen,
      })),
    }),
  };
}

/** The template as a person reads it. */
export function templateText(tokens: readonly string[]): string {
  return tokens.map((token) => (token === '' ? WILDCARD_TEXT : token)).join(' ');
}

/** What the rest of the app is told about a template. */
export function describeTemplate(template: Template): TemplateInfo {
  const { id, count, firstSeen, lastSeen, example } = template;
  return { id, text: templateText(template.tokens), count, firstSeen, lastSeen, example };
}

function newTemplate(id: number, tokens: string[], hashes: Int32Array, firstSeen: number): Template {
  const words = Int32Array.from(tokens, hashWord);
  return { id, tokens, hashes, words, count: 0, firstSeen, lastSeen: firstSeen, example: '' };
}

function createNode(): Node {
  return { branches: new Map(), templates: [] };
}

/** The child under `key`; made when missing and fewer than `room` children exist. */
function childOf(node: Node, key: number, room: number): Node | undefined {
  const child = node.branches.get(key);
  if (child !== undefined || node.branches.size >= room) return child;
  const made = createNode();
  node.branches.set(key, made);
  return made;
}

/** The template that shares most tokens with the line; of equals the one with more variable tokens. undefined below `similarity`. */
function mostSimilar(
  templates: readonly Template[] | undefined,
  keys: Int32Array,
  n: number,
  similarity: number,
): Template | undefined {
  let best: Template | undefined;
  let bestEqual = -1;
  let bestVariable = -1;
  for (const template of templates ?? []) {
    let equal = 0;
    let variable = 0;
    for (let i = 0; i < n; i++) {
      const hash = template.hashes[i];
      if (hash === 0) {
        variable++;
        if (keys[i] === 0) equal++;
      } else if (hash === keys[i]) equal++;
    }
    const isTie = equal === bestEqual && variable === bestVariable;
    if (
      equal > bestEqual ||
      (equal === bestEqual && variable > bestVariable) ||
      // By id, so that the order in which a tree was built does not matter.
      (isTie && best !== undefined && template.id < best.id)
    ) {
      best = template;
      bestEqual = equal;
      bestVariable = variable;
    }
  }
  return bestEqual >= similarity * n ? best : undefined;
}

function differsOnlyAt(position: number, template: Template, keys: Int32Array, n: number): boolean {
  let words = 0;
  for (let i = 0; i < n; i++) {
    if ((template.hashes[i] === keys[i]) === (i === position)) return false;
    if (i !== position && template.words[i] !== 0) words++;
  }
  return words >= MIN_SHARED_WORDS;
}

/** Makes every token that differs from the line variable. Gives whether the text changed. */
function generalise(template: Template, keys: Int32Array, n: number): boolean {
  let changed = false;
  for (let i = 0; i < n; i++) {
    if (template.hashes[i] === 0 || template.hashes[i] === keys[i]) continue;
    template.hashes[i] = 0;
    template.words[i] = 0;
    template.tokens[i] = '';
    changed = true;
  }
  return changed;
}
