import type { GrpcService } from '../../../proto/envoy.ts';
import type { ClusterName } from '../../ir/cluster.ts';

/** A service that Envoy itself calls over gRPC. */
export const grpcService = (cluster: ClusterName): GrpcService => ({
  envoy_grpc: { cluster_name: cluster },
});
