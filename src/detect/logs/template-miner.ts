import { type LineScan, MAX_TOKENS, TOKEN_PARAMETER, tokenText } from './normalise';
import { codesOf, isSpeaker } from './parameter-words';
import { newTemplate, type Template } from './template';
import { createTemplateEvents, type TemplateEvents } from './template-events';
import {
  createGroup,
  differsOnlyAt,
  findVariant,
  type Group,
  mostSimilar,
  variantOf,
  widenGroup,
} from './template-group';

/**
 * Groups log lines by template: Drain (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017).
 * A line goes down a tree of fixed depth (number of tokens, then the first two tokens) to a short list of groups and joins the most
 * similar one, if it is similar enough; otherwise it founds a new one. Within a group, words that differ are listed, and make templates of their
 * own, or are a parameter, shown as `<*>` (template-group.ts).
 */
export interface TemplateMiner {
  /** The template of a scanned line. `line`: its text, kept as the example of a new template. A line of 0 tokens has template 0, which is never listed. */
  match(scan: LineScan, t: number, line: () => string): Template;
  /** Whether the last match founded a template or changed the text of one. */
  readonly lastWasNovel: boolean;
  /** A template by its id, or by the id of one that was merged into it. */
  get(id: number): Template | undefined;
  readonly size: number;
  /** All templates, oldest first. */
  list(): readonly Template[];
  /** Templates that are new, whose text changed or that were merged into another since the last call. */
  takeChanged(): readonly Template[];
  /** Templates that have been merged into others so far. */
  readonly merges: number;
  /** Splits and merges since the miner was started, newest first, bounded. */
  readonly events: Pick<TemplateEvents, 'list'>;
  save(): SavedTemplates;
}

export interface MinerOptions {
  /** Share of tokens that must be equal to join a group, (0, 1]. */
  readonly similarity: number;
  /** Tokens, from the first, that the tree branches on, >= 0. */
  readonly prefix: number;
  /** Branches of one node; further tokens share a branch. */
  readonly maxBranches: number;
  /** Beyond this the templates not seen for longest are forgotten. */
  readonly maxTemplates: number;
  /** More different words than this at one position of a group are values of a parameter, >= 1. */
  readonly maxWords: number;
  /** Templates of one group, >= 1. */
  readonly maxVariants: number;
}

/** maxWords: any number from 3 to 8 groups the development logs equally well. */
export const DEFAULT_MINER: MinerOptions = {
  similarity: 0.7,
  prefix: 2,
  maxBranches: 100,
  maxTemplates: 2000,
  maxWords: 3,
  maxVariants: 24,
};

export interface SavedTemplates {
  readonly nextId: number;
  /** Oldest first; those of one group have equally many tokens. */
  readonly templates: readonly SavedTemplate[];
}

/** A template as stored: without its example, which is a line of the data. */
export interface SavedTemplate {
  readonly id: number;
  readonly group: number;
  readonly tokens: readonly string[];
  readonly hashes: Int32Array;
  readonly count: number;
  readonly firstSeen: number;
  readonly lastSeen: number;
}

/** Share of the table that one eviction frees, so that a flood of new templates does not sort the table for each line. */
const EVICTED_SHARE = 0.05;
/** Ids of merged templates that are remembered, for each template of the table. */
const MERGED_SHARE = 4;
const MAX_EXAMPLE_CHARS = 300;

interface Node {
  readonly branches: Map<number, Node>;
  readonly groups: Group[];
}

/** Starts a miner, empty or from saved templates. */
export function createTemplateMiner(options: MinerOptions = DEFAULT_MINER, saved?: SavedTemplates): TemplateMiner {
  const root = createNode();
  const byId = new Map<number, Template>();
  const mergedInto = new Map<number, number>();
  let changed = new Set<Template>();
  let nextId = saved?.nextId ?? 1;
  const blank: Template = newTemplate(0, 0, [], new Int32Array(0), Number.NaN);
  const keys = new Int32Array(MAX_TOKENS);
  const path = new Int32Array(options.prefix);
  const events = createTemplateEvents();
  let merges = 0;
  let novel = false;

  for (const { id, group, tokens, hashes, count, firstSeen, lastSeen } of saved?.templates ?? []) {
    const template = newTemplate(id, group, [...tokens], hashes.slice(), firstSeen);
    template.count = count;
    template.lastSeen = lastSeen;
    byId.set(id, template);
    changed.add(template);
  }
  plantGroups();

  /** Builds the tree from the table. */
  function plantGroups(): void {
    root.branches.clear();
    const groups = new Map<number, Template[]>();
    for (const template of byId.values()) {
      const members = groups.get(template.group);
      if (members === undefined) groups.set(template.group, [template]);
      else members.push(template);
    }
    for (const [id, members] of groups) plant(createGroup(id, members));
  }

  function plant(group: Group): void {
    const own = group.hashes.slice(0, options.prefix);
    const { tokens } = group.templates[0];
    for (let i = 0; i < own.length; i++) {
      const codes = codesOf(tokens[i]);
      if (isSpeaker(codes, 0, codes.length)) own[i] = 0;
    }
    leafFor(own, group.hashes.length, true)?.groups.push(group);
  }

  /** The groups that the line in `keys` may belong to. A speaker, like a parameter, has no branch of its own. */
  function groupsFor(scan: LineScan, n: number): readonly Group[] | undefined {
    for (let i = 0; i < options.prefix && i < n; i++) {
      path[i] = keys[i] !== 0 && isSpeaker(scan.codes, scan.start[i], scan.start[i + 1]) ? 0 : keys[i];
    }
    return leafFor(path, n, false)?.groups;
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
   * A group that differs from the line in a token that the tree branches on, and nowhere else: the tree would keep `user alice logged in` and
   * `user bob logged in` apart for ever. It moves to the shared branch.
   */
  function joinSibling(n: number, tokens: readonly string[], t: number): Group | undefined {
    if (options.prefix < 2 || keys[1] === 0) return undefined;
    const parent = root.branches.get(n)?.branches.get(keys[0]);
    for (const leaf of parent?.branches.values() ?? []) {
      const at = leaf.groups.findIndex((group) => differsOnlyAt(1, group, keys, n));
      if (at < 0) continue;
      const [group] = leaf.groups.splice(at, 1);
      widen(group, n, tokens, t);
      plant(group);
      return group;
    }
    return undefined;
  }

  function widen(group: Group, n: number, tokens: readonly string[], t: number): void {
    const before = group.templates.length < 2 ? [] : group.templates.map((of) => ({ ...of, tokens: [...of.tokens] }));
    const change = widenGroup(group, keys.subarray(0, n), tokens, options);
    if (change.changed.length > 0 || change.merged.length > 0) novel = true;
    for (const template of change.changed) changed.add(template);
    merges += change.merged.length;
    for (const template of change.merged) {
      byId.delete(template.id);
      changed.add(template);
      mergedInto.set(template.id, template.mergedInto ?? template.id);
      const other = group.templates.find(({ id }) => id === template.mergedInto);
      // Told by the text that it had as a template of its own.
      const own = before.find(({ id }) => id === template.id);
      if (own !== undefined && other !== undefined) events.addMerge(t, own, other);
    }
    for (const id of mergedInto.keys()) {
      if (mergedInto.size <= MERGED_SHARE * options.maxTemplates) break;
      mergedInto.delete(id);
    }
  }

  function found(tokens: string[], hashes: Int32Array, group: number | undefined, t: number): Template {
    const id = nextId++;
    const template = newTemplate(id, group ?? id, tokens, hashes, t);
    byId.set(id, template);
    changed.add(template);
    novel = true;
    return template;
  }

  /** The template of a line that no template fits: its group is widened, or it founds one. */
  function admit(scan: LineScan, n: number, near: Group | undefined, t: number): Template {
    if (byId.size >= options.maxTemplates) {
      evict();
      return admit(scan, n, mostSimilar(groupsFor(scan, n), keys, n, options.similarity), t);
    }
    const tokens = Array.from({ length: n }, (_, i) => (keys[i] === 0 ? '' : tokenText(scan, i)));
    if (near !== undefined) widen(near, n, tokens, t);
    const group = near ?? joinSibling(n, tokens, t);
    if (group === undefined) {
      const template = found(tokens, keys.slice(0, n), undefined, t);
      plant(createGroup(template.id, [template]));
      return template;
    }
    const own = keys.subarray(0, n);
    const fitting = findVariant(group, own);
    if (fitting !== undefined) return fitting;
    const variant = variantOf(group, own, tokens);
    const template = found(variant.tokens, variant.hashes, group.id, t);
    events.addSplit(t, template, group.templates[0]);
    group.templates.push(template);
    return template;
  }

  function evict(): void {
    const victims = [...byId.values()].sort((a, b) => a.lastSeen - b.lastSeen || a.id - b.id);
    for (const victim of victims.slice(0, Math.max(1, Math.floor(options.maxTemplates * EVICTED_SHARE)))) {
      byId.delete(victim.id);
      changed.delete(victim);
    }
    plantGroups();
  }

  return {
    match(scan, t, line) {
      const n = scan.tokens;
      novel = false;
      if (n === 0) return blank;
      for (let i = 0; i < n; i++) keys[i] = scan.kind[i] === TOKEN_PARAMETER ? 0 : scan.hash[i];
      const near = mostSimilar(groupsFor(scan, n), keys, n, options.similarity);
      let template = near === undefined ? undefined : findVariant(near, keys);
      if (template === undefined) {
        template = admit(scan, n, near, t);
        if (template.count === 0) template.example = line().slice(0, MAX_EXAMPLE_CHARS);
      }
      template.count++;
      if (!(template.lastSeen >= t)) template.lastSeen = t;
      return template;
    },
    events,
    get merges() {
      return merges;
    },
    get lastWasNovel() {
      return novel;
    },
    get(id) {
      if (id === 0) return blank;
      let at = id;
      // A chain of merges leads to ever older templates, so it ends.
      for (let next = mergedInto.get(at); next !== undefined && next < at; next = mergedInto.get(at)) at = next;
      return byId.get(at);
    },
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
      templates: [...byId.values()].map(({ id, group, tokens, hashes, count, firstSeen, lastSeen }) => ({
        id,
        group,
        tokens: [...tokens],
        hashes: hashes.slice(),
        count,
        firstSeen,
        lastSeen,
      })),
    }),
  };
}

function createNode(): Node {
  return { branches: new Map(), groups: [] };
}

/** The child under `key`; made when missing and fewer than `room` children exist. */
function childOf(node: Node, key: number, room: number): Node | undefined {
  const child = node.branches.get(key);
  if (child !== undefined || node.branches.size >= room) return child;
  const made = createNode();
  node.branches.set(key, made);
  return made;
}
