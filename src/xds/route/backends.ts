import {
  RouteActionClusterNotFoundResponseCode,
  type WeightedClusterClusterWeight,
} from '../../../proto/envoy.ts';
import type { Backend, ClusterBackend } from '../../ir/backend.ts';
import { noCluster } from '../message/no-cluster.ts';
import { headerMutations } from '../message/header-mutations.ts';

/** Whether no backend gets a request: each is answered with 500. */
export const failsAlways = (backends: readonly Backend[]): boolean =>
  !backends.some(({ _tag, weight }) => _tag === 'Cluster' && weight > 0);

/**
 * The cluster that the requests go to, or several by weight.
 *
 * A share that fails goes to no cluster, so Envoy answers it. A route of its own with a fraction would
 * not do: Envoy draws one random number for fractions and weights, and the other shares would be skewed.
 */
export const clusters = (backends: readonly Backend[]) => {
  const sharing = backends.filter(({ weight }) => weight > 0);
  const [only, ...others] = sharing;
  return only !== undefined && others.length === 0 && isPlain(only)
    ? { cluster: only.cluster }
    : several(sharing);
};

const isPlain = (backend: Backend): backend is ClusterBackend =>
  backend._tag === 'Cluster' &&
  backend.requestHeaders === undefined &&
  backend.responseHeaders === undefined;

const several = (backends: readonly Backend[]) => ({
  weighted_clusters: { clusters: backends.map(clusterWeight) },
  ...(backends.some(({ _tag }) => _tag === 'Fails') && {
    cluster_not_found_response_code: RouteActionClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR,
  }),
});

const clusterWeight = (backend: Backend): WeightedClusterClusterWeight => ({
  name: backend._tag === 'Cluster' ? backend.cluster : noCluster,
  weight: { value: backend.weight },
  ...(backend._tag === 'Cluster' && headerMutations(backend)),
});
