/** A node of the tree: a prefix of the list, or the common beginning of several longer ones. */
export interface PrefixNode {
  readonly prefix: string;
  /** The places in the list that have exactly this prefix, ascending. */
  readonly ranks: readonly number[];
  /** The next character differs between any two of them. */
  readonly children: readonly PrefixNode[];
}

/** The radix tree of a list of prefixes. Its depth is that of the longest prefix. */
export const prefixTree = (prefixes: readonly string[]): PrefixNode => {
  const root: Growing = { prefix: '', ranks: [], children: [] };
  const path = [root];
  for (const [prefix, ranks] of sorted(prefixes)) place(path, { prefix, ranks, children: [] });
  return root;
};

interface Growing {
  readonly prefix: string;
  readonly ranks: number[];
  readonly children: Growing[];
}

/** The places of each prefix, by prefix: one that begins another comes before it. */
const sorted = (prefixes: readonly string[]): readonly (readonly [string, number[]])[] => {
  const ranks = new Map<string, number[]>();
  for (const [rank, prefix] of prefixes.entries()) {
    const known = ranks.get(prefix);
    if (known === undefined) ranks.set(prefix, [rank]);
    else known.push(rank);
  }
  return [...ranks].sort(([a], [b]) => (a < b ? -1 : 1));
};

/**
 * Adds the next prefix, in sorted order, to the tree; `path` leads from the root to the former one.
 *
 * Its parent is the last node of the path that is a prefix of it. If a child of the parent has a
 * longer common beginning with it, a node for that beginning is put between.
 */
const place = (path: Growing[], node: Growing): void => {
  let last = path.at(-1);
  const shared = last === undefined ? 0 : sharedLength(last.prefix, node.prefix);
  let below: Growing | undefined;
  while (last !== undefined && last.prefix.length > shared) {
    below = path.pop();
    last = path.at(-1);
  }
  if (last === undefined) return;
  if (node.prefix === last.prefix) {
    last.ranks.push(...node.ranks);
    return;
  }
  if (below !== undefined && last.prefix.length < shared) {
    const fork = { prefix: node.prefix.slice(0, shared), ranks: [], children: [below] };
    last.children[last.children.length - 1] = fork;
    path.push(fork);
    last = fork;
  }
  last.children.push(node);
  path.push(node);
};

const sharedLength = (a: string, b: string): number => {
  const longest = Math.min(a.length, b.length);
  let length = 0;
  while (length < longest && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
};
