import type { LineScan } from './normalise';
import { codesOf, isSpeaker } from './parameter-words';
import { differsOnlyAt, type Group } from './template-group';

interface Node {
  readonly branches: Map<number, Node>;
  readonly groups: Group[];
}

/** Where groups of templates are found: by the number of tokens, then by the first ones (Drain's tree of fixed depth). */
export interface TemplateTree {
  clear(): void;
  plant(group: Group): void;
  /** The groups that a scanned line may belong to; undefined: none. keys: hash of each of its n tokens, 0 = parameter. */
  groupsFor(scan: LineScan, keys: Int32Array, n: number): readonly Group[] | undefined;
  /**
   * Takes out a group that differs from the line in the second token, which the tree branches on, and nowhere else: it would keep `user alice logged in`
   * and `user bob logged in` apart for ever. undefined: there is none.
   */
  takeSibling(keys: Int32Array, n: number): Group | undefined;
}

/** An empty tree. prefix: tokens, from the first, that it branches on, >= 0; maxBranches: of one node, further tokens share a branch. */
export function createTemplateTree({
  prefix,
  maxBranches,
}: {
  readonly prefix: number;
  readonly maxBranches: number;
}): TemplateTree {
  const root = createNode();
  const path = new Int32Array(prefix);

  function leafFor(hashes: Int32Array, tokens: number, grow: boolean): Node | undefined {
    let node = childOf(root, tokens, grow ? Number.POSITIVE_INFINITY : -1);
    for (let i = 0; node !== undefined && i < prefix && i < tokens; i++) {
      const exact = hashes[i] === 0 ? undefined : node.branches.get(hashes[i]);
      node = exact ?? growBranch(node, hashes[i], grow);
    }
    return node;
  }

  /** The branch of a token without one of its own: a new one while there is room, else the shared branch 0. */
  function growBranch(node: Node, hash: number, grow: boolean): Node | undefined {
    if (hash !== 0 && grow && node.branches.size < maxBranches) return childOf(node, hash, maxBranches);
    return childOf(node, 0, grow ? Number.POSITIVE_INFINITY : -1);
  }

  return {
    clear: () => root.branches.clear(),
    plant(group) {
      const own = group.hashes.slice(0, prefix);
      const { tokens } = group.templates[0];
      for (let i = 0; i < own.length; i++) {
        const codes = codesOf(tokens[i]);
        if (isSpeaker(codes, 0, codes.length)) own[i] = 0;
      }
      leafFor(own, group.hashes.length, true)?.groups.push(group);
    },
    groupsFor(scan, keys, n) {
      // A speaker, like a parameter, has no branch of its own.
      for (let i = 0; i < prefix && i < n; i++) {
        path[i] = keys[i] !== 0 && isSpeaker(scan.codes, scan.start[i], scan.start[i + 1]) ? 0 : keys[i];
      }
      return leafFor(path, n, false)?.groups;
    },
    takeSibling(keys, n) {
      if (prefix < 2 || keys[1] === 0) return undefined;
      const parent = root.branches.get(n)?.branches.get(keys[0]);
      for (const leaf of parent?.branches.values() ?? []) {
        const at = leaf.groups.findIndex((group) => differsOnlyAt(1, group, keys, n));
        if (at >= 0) return leaf.groups.splice(at, 1)[0];
      }
      return undefined;
    },
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
