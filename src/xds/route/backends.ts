import {
  RouteActionClusterNotFoundResponseCode,
  type WeightedClusterClusterWeight,
} from '../../../proto/envoy.ts';
import type { Backend, ClusterBackend } from '../../ir/backend.ts';
import { perRoute } from '../filter/per-route.ts';
import { noCluster } from '../message/no-cluster.ts';
import { headerMutations } from '../message/header-mutations.ts';

/** The status that answers each request, if no backend gets any. */
export const statusOfAll = (backends: readonly Backend[]): 500 | 503 | undefined => {
  const sharing = backends.filter(({ weight }) => weight > 0);
  if (sharing.some(({ _tag }) => _tag === 'Cluster')) return undefined;
  return sharing.length === 0 || sharing.some(fails500) ? 500 : 503;
};

const fails500 = (backend: Backend): boolean => backend._tag === 'Fails' && backend.status === 500;

/** Where requests go to no cluster, so that Envoy answers them with the status. */
export const toNoCluster = (status: 500 | 503) => ({
  cluster: noCluster,
  ...(status === 500 && answering500),
});

/**
 * The cluster that the requests go to, or several by weight.
 *
 * A share that fails goes to no cluster, so Envoy answers it, with one status for all such shares. A
 * route of its own with a fraction would not do: Envoy draws one random number for fractions and weights,
 * and the other shares would be skewed.
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
  backend.responseHeaders === undefined &&
  backend.filters === undefined;

const several = (backends: readonly Backend[]) => ({
  weighted_clusters: { clusters: backends.map(clusterWeight) },
  ...(backends.some(fails500) && answering500),
});

const answering500 = {
  cluster_not_found_response_code: RouteActionClusterNotFoundResponseCode.INTERNAL_SERVER_ERROR,
};

const clusterWeight = (backend: Backend): WeightedClusterClusterWeight => ({
  name: backend._tag === 'Cluster' ? backend.cluster : noCluster,
  weight: { value: backend.weight },
  ...(backend._tag === 'Cluster' && {
    ...headerMutations(backend),
    ...perRoute(backend.filters),
  }),
});
