import type { ClusterName } from './cluster.ts';
import type { FilterUse } from './filter/filter.ts';
import type { HeaderMutation } from './header-mutation.ts';

/** Where a share of the requests of a route goes. */
export type Backend = ClusterBackend | FailingBackend;

/** A cluster that answers its share, with what is done to the headers of that share alone. */
export interface ClusterBackend extends Weighted {
  readonly _tag: 'Cluster';
  readonly cluster: ClusterName;
  readonly requestHeaders?: HeaderMutation;
  readonly responseHeaders?: HeaderMutation;
  /** What this share alone makes of the filters of its chain. */
  readonly filters?: readonly FilterUse[];
}

/** Its share is answered with the status: what should serve it does not exist or must not be used. */
interface FailingBackend extends Weighted {
  readonly _tag: 'Fails';
  readonly status: 500 | 503;
}

interface Weighted {
  /** A whole number. A share is the weight in the sum of all weights; 0: no request. */
  readonly weight: number;
}

/** All requests go to one cluster. */
export const onlyTo = (cluster: ClusterName): readonly Backend[] => [
  { _tag: 'Cluster', cluster, weight: 1 },
];
