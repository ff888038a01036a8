import type { Route } from '../../ir/route.ts';
import { prefixTree, type PrefixNode } from './route-tree-node.ts';
import { literalPrefix } from './route-tree-prefix.ts';

/** The routes of a virtual host under prefixes of the path. */
export interface RouteTree {
  /** Of the prefixes a path begins with the longest one counts; none is empty. */
  readonly leaves: ReadonlyMap<string, readonly Route[]>;
  /** For paths that begin with no prefix of the leaves. */
  readonly otherwise: readonly Route[];
}

/**
 * The tree in which every request finds the route that is the first one in the list to match.
 *
 * Envoy looks at one leaf only. So each leaf has, in the order of the list, every route that may
 * match there: its own routes and those of all shorter prefixes, up to the first one that certainly
 * matches. A prefix is a leaf only if it adds at least as many routes as it repeats; else its
 * routes go to the next shorter prefix. So all leaves together have at most twice as many entries
 * as the list. `undefined` if no prefix tells routes apart.
 */
export const routeTree = (routes: readonly Route[]): RouteTree | undefined => {
  const leaves = new Map<string, readonly Route[]>();

  /** Makes the leaves below and at a node; gives the ranks that belong to a shorter prefix. */
  const plant = (node: PrefixNode, above: Above): readonly number[] => {
    const certain = node.ranks.find(
      (rank) => rank < above.end && takesAll(routes[rank], node.prefix),
    );
    const end = certain ?? above.end;
    const own = withLoose(node, { end, ranks: withRanks(above, node) }).filter(
      (rank) => rank <= end,
    );
    const repeats = above.ranks.reduce((sum, ranks) => sum + countUpTo(ranks, end), 0);
    if (node.prefix !== '' && (own.length === 0 || own.length < repeats)) return own;
    const repeated = above.ranks.flatMap((ranks) => ranks.slice(0, countUpTo(ranks, end)));
    leaves.set(
      node.prefix,
      [...repeated, ...own].sort((a, b) => a - b).flatMap((rank) => routes[rank] ?? []),
    );
    return [];
  };

  const withLoose = ({ ranks, children }: PrefixNode, above: Above): readonly number[] =>
    children.length === 0 ? ranks : [...ranks, ...children.flatMap((child) => plant(child, above))];

  plant(prefixTree(routes.map(({ match }) => literalPrefix(match.path))), rootAbove);
  const otherwise = leaves.get('') ?? [];
  leaves.delete('');
  return leaves.size === 0 ? undefined : { leaves, otherwise };
};

/** What a node inherits. */
interface Above {
  /** The ranks of the routes of each shorter prefix, ascending. */
  readonly ranks: readonly (readonly number[])[];
  /** No route after this rank is ever reached. */
  readonly end: number;
}

const rootAbove: Above = { ranks: [], end: Infinity };

const withRanks = ({ ranks }: Above, node: PrefixNode): Above['ranks'] =>
  node.ranks.length === 0 || node.children.length === 0 ? ranks : [...ranks, node.ranks];

/** A path begins with a prefix for certain when no query can be in it. */
const takesAll = (route: Route | undefined, prefix: string): boolean => {
  if (route === undefined) return false;
  const { path, headers, queryParameters, fraction } = route.match;
  return (
    path._tag === 'Prefix' &&
    path.value === prefix &&
    !/[?#]/.test(prefix) &&
    headers.length === 0 &&
    queryParameters.length === 0 &&
    fraction === undefined
  );
};

/** How many of these ascending ranks are at most `end`. */
const countUpTo = (ranks: readonly number[], end: number): number => {
  let [low, high] = [0, ranks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranks[middle] ?? Infinity) <= end) low = middle + 1;
    else high = middle;
  }
  return low;
};
