import { isParameterLike } from './parameter-words';
import { freeToken, type Template } from './template';

/**
 * Positions of a group's tokens. CONSTANT: the same word in all its lines. LISTED: a few plain words, each of which makes a template of its own.
 * FREE: a parameter.
 */
const CONSTANT = 0;
const LISTED = 1;
const FREE = 2;
/** In front of the first token; '' would be a parameter. */
const NOTHING = '^';
/** With fewer words in common, one that differs need not be a parameter. */
const MIN_SHARED_WORDS = 3;

/**
 * Lines that are equal but for some tokens, as Drain groups them, and the templates that these fall into. `state up` and `state down` are two
 * messages, `job 1` and `job 2` are one: a position that differs is a parameter once it has shown a word that looks like one, or many words.
 */
export interface Group {
  readonly id: number;
  /** 0 where the token varies. */
  readonly hashes: Int32Array;
  /** `hashWord` of the constant tokens, else 0. */
  readonly words: Int32Array;
  readonly kinds: Uint8Array;
  templates: Template[];
}

export interface GroupLimits {
  /** More different words than this at one position are values of a parameter. */
  readonly maxWords: number;
  /** Templates of one group; beyond it the position with most words becomes a parameter. */
  readonly maxVariants: number;
}

/** What a line did to its group. merged: templates that are gone, each with `mergedInto`; changed: templates whose text changed. */
export interface GroupChange {
  readonly merged: Template[];
  readonly changed: Template[];
}

/** A group around its first template, or around all its templates as they were saved: they have the same number of tokens, at least one. */
export function createGroup(id: number, templates: Template[]): Group {
  const [first] = templates;
  const kinds = Uint8Array.from(first.hashes, (hash, i) => {
    if (templates.some((template) => template.hashes[i] === 0)) return FREE;
    return templates.every((template) => template.hashes[i] === hash) ? CONSTANT : LISTED;
  });
  const group: Group = {
    id,
    hashes: first.hashes.map((hash, i) => (kinds[i] === CONSTANT ? hash : 0)),
    words: first.words.map((word, i) => (kinds[i] === CONSTANT ? word : 0)),
    kinds,
    templates,
  };
  return group;
}

/** The template of a line that belongs to this group; undefined when it needs `widenGroup`. keys: hash of each token, 0 for a parameter. */
export function findVariant(group: Group, keys: Int32Array): Template | undefined {
  const { kinds, hashes } = group;
  for (let i = 0; i < kinds.length; i++) if (kinds[i] === CONSTANT && hashes[i] !== keys[i]) return undefined;
  return group.templates.find((template) => {
    for (let i = 0; i < kinds.length; i++) if (kinds[i] === LISTED && template.hashes[i] !== keys[i]) return false;
    return true;
  });
}

/**
 * Makes room in a group for a line that differs from its templates: what differs is listed or becomes a parameter. Afterwards `findVariant` finds
 * the line's template, or one of the group's with the line's own words at the listed positions is to be added. tokens: the line's, '' for a parameter.
 */
export function widenGroup(
  group: Group,
  keys: Int32Array,
  tokens: readonly string[],
  limits: GroupLimits,
): GroupChange {
  const change: GroupChange = { merged: [], changed: [] };
  for (let i = 0; i < group.kinds.length; i++) {
    if (group.kinds[i] === FREE || (group.kinds[i] === CONSTANT && group.hashes[i] === keys[i])) continue;
    if (group.kinds[i] === LISTED && group.templates.some((template) => template.hashes[i] === keys[i])) continue;
    const before = i === 0 ? NOTHING : tokens[i - 1];
    const looksFree =
      isParameterLike(tokens[i], before) ||
      group.templates.some((template) => isParameterLike(template.tokens[i], before)) ||
      countWords(group, i) >= limits.maxWords;
    group.hashes[i] = 0;
    group.words[i] = 0;
    group.kinds[i] = LISTED;
    if (looksFree) freePosition(group, i, change);
  }
  while (group.templates.length >= limits.maxVariants && findVariant(group, keys) === undefined) {
    freePosition(group, positionOfMostWords(group), change);
  }
  return change;
}

/** Tokens and hashes of the template that a line of this group founds. */
export function variantOf(
  group: Group,
  keys: Int32Array,
  tokens: readonly string[],
): { readonly tokens: string[]; readonly hashes: Int32Array } {
  return {
    tokens: tokens.map((token, i) => (group.kinds[i] === FREE ? '' : token)),
    hashes: Int32Array.from(group.kinds, (kind, i) => (kind === FREE ? 0 : keys[i])),
  };
}

/** Makes a position a parameter; templates that differed there only become one, the oldest. */
function freePosition(group: Group, position: number, change: GroupChange): void {
  group.kinds[position] = FREE;
  group.hashes[position] = 0;
  group.words[position] = 0;
  const kept: Template[] = [];
  for (const template of group.templates) {
    const changed = freeToken(template, position);
    const same = kept.find((other) => other.hashes.every((hash, i) => hash === template.hashes[i]));
    if (same === undefined) {
      kept.push(template);
      if (changed) change.changed.push(template);
      continue;
    }
    same.count += template.count;
    if (template.firstSeen < same.firstSeen) same.firstSeen = template.firstSeen;
    if (template.lastSeen > same.lastSeen) same.lastSeen = template.lastSeen;
    template.mergedInto = same.id;
    change.merged.push(template);
  }
  group.templates = kept;
}

function countWords(group: Group, position: number): number {
  return new Set(group.templates.map((template) => template.hashes[position])).size;
}

function positionOfMostWords(group: Group): number {
  let best = -1;
  let most = 0;
  group.kinds.forEach((kind, i) => {
    if (kind !== LISTED) return;
    const words = countWords(group, i);
    if (words > most) {
      most = words;
      best = i;
    }
  });
  return best;
}

/** The group that shares most tokens with the line; of equals the one with more variable tokens. undefined below `similarity`. */
export function mostSimilar(
  groups: readonly Group[] | undefined,
  keys: Int32Array,
  n: number,
  similarity: number,
): Group | undefined {
  let best: Group | undefined;
  let bestEqual = -1;
  let bestVariable = -1;
  for (const group of groups ?? []) {
    let equal = 0;
    let variable = 0;
    for (let i = 0; i < n; i++) {
      const hash = group.hashes[i];
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
      (isTie && best !== undefined && group.id < best.id)
    ) {
      best = group;
      bestEqual = equal;
      bestVariable = variable;
    }
  }
  return bestEqual >= similarity * n ? best : undefined;
}

/** Whether a group differs from a line of as many tokens at this place and nowhere else, and has words enough in common with it. */
export function differsOnlyAt(position: number, group: Group, keys: Int32Array, n: number): boolean {
  let words = 0;
  for (let i = 0; i < n; i++) {
    if ((group.hashes[i] === keys[i]) === (i === position)) return false;
    if (i !== position && group.words[i] !== 0) words++;
  }
  return words >= MIN_SHARED_WORDS;
}
