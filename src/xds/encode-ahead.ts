import { empty } from '../collection/collection.ts';
import type { Ir } from '../ir/ir.ts';
import { makeSnapshot, type SnapshotGraph } from './make-snapshot.ts';

/**
 * Encodes what each node of an IR becomes by itself, and puts nothing together.
 *
 * Without filter chains nothing is made of many nodes: no listener and no route table. So this costs
 * what changed even on the way to an IR that is still far, where tables would be made over and over.
 */
export const encodeAhead = (previous: SnapshotGraph | undefined, ir: Ir): SnapshotGraph =>
  makeSnapshot(previous, { ...ir, filterChains: empty() });

/** A graph that goes on from another one, with what was encoded ahead. */
export const withEncoded = (
  graph: SnapshotGraph | undefined,
  ahead: SnapshotGraph,
): SnapshotGraph => {
  const { clusters, endpointsUsed, endpoints, virtualHosts, hostsOfTable } = ahead;
  return graph === undefined
    ? ahead
    : { ...graph, clusters, endpointsUsed, endpoints, virtualHosts, hostsOfTable };
};
