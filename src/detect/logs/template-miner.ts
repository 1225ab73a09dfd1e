import { type LineScan, MAX_TOKENS, TOKEN_PARAMETER, tokenText } from './normalise';
import { newTemplate, type Template } from './template';
import { createTemplateEvents, type TemplateEvents } from './template-events';
import { createGroup, findVariant, type Group, mostSimilar, variantOf, widenGroup } from './template-group';
import { createTemplateTree } from './template-tree';

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
  /** The lines so far will come once more: from its next line on, each template is counted, and seen, as if for the first time. */
  recount(): void;
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

/** Starts a miner, empty or from saved templates. */
export function createTemplateMiner(options: MinerOptions = DEFAULT_MINER, saved?: SavedTemplates): TemplateMiner {
  const tree = createTemplateTree(options);
  const byId = new Map<number, Template>();
  const mergedInto = new Map<number, number>();
  let changed = new Set<Template>();
  let nextId = saved?.nextId ?? 1;
  const blank: Template = newTemplate(0, 0, [], new Int32Array(0), Number.NaN);
  const keys = new Int32Array(MAX_TOKENS);
  const events = createTemplateEvents();
  let merges = 0;
  let novel = false;
  /** Templates whose counts are of the lines before `recount`. */
  const stale = new Set<Template>();

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
    tree.clear();
    const groups = new Map<number, Template[]>();
    for (const template of byId.values()) {
      const members = groups.get(template.group);
      if (members === undefined) groups.set(template.group, [template]);
      else members.push(template);
    }
    for (const [id, members] of groups) tree.plant(createGroup(id, members));
  }

  /** A group that only the tree keeps from the line takes the line in, and moves to the shared branch. */
  function joinSibling(n: number, tokens: readonly string[], t: number): Group | undefined {
    const group = tree.takeSibling(keys, n);
    if (group === undefined) return undefined;
    widen(group, n, tokens, t);
    tree.plant(group);
    return group;
  }

  function widen(group: Group, n: number, tokens: readonly string[], t: number): void {
    const before = group.templates.length < 2 ? [] : group.templates.map((of) => ({ ...of, tokens: [...of.tokens] }));
    const change = widenGroup(group, keys.subarray(0, n), tokens, options);
    if (change.changed.length > 0 || change.merged.length > 0) novel = true;
    for (const template of change.changed) changed.add(template);
    merges += change.merged.length;
    for (const template of change.merged) {
      byId.delete(template.id);
      stale.delete(template);
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
      return admit(scan, n, mostSimilar(tree.groupsFor(scan, keys, n), keys, n, options.similarity), t);
    }
    const tokens = Array.from({ length: n }, (_, i) => (keys[i] === 0 ? '' : tokenText(scan, i)));
    if (near !== undefined) widen(near, n, tokens, t);
    const group = near ?? joinSibling(n, tokens, t);
    if (group === undefined) {
      const template = found(tokens, keys.slice(0, n), undefined, t);
      tree.plant(createGroup(template.id, [template]));
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
      stale.delete(victim);
    }
    plantGroups();
  }

  return {
    match(scan, t, line) {
      const n = scan.tokens;
      novel = false;
      if (n === 0) return blank;
      for (let i = 0; i < n; i++) keys[i] = scan.kind[i] === TOKEN_PARAMETER ? 0 : scan.hash[i];
      const near = mostSimilar(tree.groupsFor(scan, keys, n), keys, n, options.similarity);
      let template = near === undefined ? undefined : findVariant(near, keys);
      if (template === undefined) {
        template = admit(scan, n, near, t);
        if (template.count === 0) template.example = line().slice(0, MAX_EXAMPLE_CHARS);
      }
      if (stale.size > 0 && stale.delete(template)) {
        template.count = 0;
        template.firstSeen = t;
        template.lastSeen = t;
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
    recount() {
      for (const template of byId.values()) stale.add(template);
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
