import {
  ClusterLbPolicy,
  type Cluster as ClusterMessage,
  type ClusterSlowStartConfig,
} from '../../../proto/envoy.ts';
import type { LoadBalancer } from '../../ir/cluster.ts';
import { duration } from '../message/duration.ts';

type Setting<F extends keyof ClusterMessage> = Pick<ClusterMessage, 'lb_policy'> & {
  readonly [N in F]?: NonNullable<ClusterMessage[N]>;
};

/** The policy, with the settings of that policy alone. */
type Balancing =
  | Setting<'round_robin_lb_config'>
  | Setting<'least_request_lb_config'>
  | Setting<'ring_hash_lb_config'>
  | Setting<'maglev_lb_config'>;

/** How a cluster spreads requests; what is not set here is as Envoy has it. */
export const loadBalancer = (source: LoadBalancer): Balancing => {
  switch (source._tag) {
    case 'RoundRobin':
      return {
        lb_policy: ClusterLbPolicy.ROUND_ROBIN,
        ...(source.slowStart !== undefined && {
          round_robin_lb_config: { slow_start_config: slowStart(source.slowStart) },
        }),
      };
    case 'LeastRequest':
      return {
        lb_policy: ClusterLbPolicy.LEAST_REQUEST,
        ...(source.slowStart !== undefined && {
          least_request_lb_config: { slow_start_config: slowStart(source.slowStart) },
        }),
      };
    case 'RingHash':
      return {
        lb_policy: ClusterLbPolicy.RING_HASH,
        ...(source.minimumSize !== undefined && {
          ring_hash_lb_config: { minimum_ring_size: { value: source.minimumSize } },
        }),
      };
    case 'Maglev':
      return {
        lb_policy: ClusterLbPolicy.MAGLEV,
        ...(source.tableSize !== undefined && {
          maglev_lb_config: { table_size: { value: source.tableSize } },
        }),
      };
  }
};

const slowStart = (window: number): ClusterSlowStartConfig => ({
  slow_start_window: duration(window),
});
