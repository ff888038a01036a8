import { get, keys, type Collection } from '../collection/collection.ts';
import { usersOf } from './cluster-users.ts';
import type { Cluster } from './cluster.ts';
import type { Ir } from './ir.ts';

/** The nodes of one part of an IR by key, each made when its turn comes. */
type ShownPart = Iterable<readonly [string, unknown]>;

/** The parts of an IR as they are shown to people: sorted by key, and each cluster with its users. */
export const shownParts = ({
  clusterUsers,
  ...parts
}: Ir): readonly (readonly [part: string, nodes: ShownPart])[] =>
  Object.entries<Collection<string, unknown>>(parts).map(([part, nodes]) => [
    part,
    part === 'clusters'
      ? sorted(parts.clusters, (cluster: Cluster) => ({
          ...cluster,
          from: usersOf(clusterUsers, cluster.name),
        }))
      : sorted(nodes, (node) => node),
  ]);

function* sorted<V>(
  nodes: Collection<string, V>,
  shown: (node: V) => unknown,
): Generator<readonly [string, unknown]> {
  for (const key of [...keys(nodes)].sort()) {
    const node = get(nodes, key);
    if (node !== undefined) yield [key, shown(node)];
  }
}
