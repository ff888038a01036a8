import type { Collection } from '../../../collection/collection.ts';
import type { ClusterName } from '../../../ir/cluster.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Upstreams } from '../../contribution/contribution.ts';
import type { KindOutcomes } from '../../contribution/outcome.ts';
import type { RouteKind } from '../listener/settled-listener.ts';
import { isServed, rulesFor, type CompiledObject } from './compiled-object.ts';
import type { RouteGraph } from './route-graph.ts';
import { parentReports } from './parent-reports.ts';

/** What became of all routes. */
export const outcomesOfRoutes = ({ http, grpc }: RouteGraph): readonly KindOutcomes[] => [
  outcomesOf('HTTPRoute', http.compiled.output),
  outcomesOf('GRPCRoute', grpc.compiled.output),
];

/** The clusters that routes use. */
export const upstreamsOf = ({ http, grpc }: RouteGraph): readonly Upstreams[] => [
  clustersOfKind('HTTPRoute', http),
  clustersOfKind('GRPCRoute', grpc),
];

const clustersOfKind = (
  kind: RouteKind,
  { compiled, clusters }: ClustersOfKind,
): Upstreams<CompiledObject> => ({
  kind,
  byCluster: clusters.output,
  entries: compiled.output,
  clustersOf,
});

const clustersOf = ({ compiled }: CompiledObject): readonly ClusterName[] => [
  ...new Set(compiled.flatMap(({ rules }) => rules.clusters).map(({ name }) => name)),
];

type ClustersOfKind = Pick<RouteGraph['http'], 'compiled' | 'clusters'>;

/** Nothing is told of a route whose parents are all others'. */
const outcomesOf = (
  kind: RouteKind,
  entries: Collection<ObjectKey, CompiledObject>,
): KindOutcomes<CompiledObject> => ({
  kind,
  entries,
  outcomeOf: (object) => ({
    inEffect: object.isAccepted && object.listeners.some(isServed),
    ...(object.parents.length > 0 && { report: { parents: parentReports(object) } }),
  }),
  parentsOf: ({ parents, compiled }) => [
    ...new Set(
      parents
        .filter(
          (one) =>
            one.rejection === undefined && rulesFor(compiled, one)?.rules.accepted === undefined,
        )
        .map(({ parent }) => parent),
    ),
  ],
});
