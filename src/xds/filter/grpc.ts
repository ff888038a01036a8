import type { GrpcBridgeFilter, GrpcStatsFilter, GrpcWebFilter } from '../../ir/filter/grpc.ts';
import { any } from '../message/encode.ts';
import type { Configured } from './filter-kind.ts';

/** These filters have no settings for routes. In a table that is cut this switch has no effect. */
const off = any('envoy.config.route.v3.FilterConfig', { disabled: true });

/** Makes gRPC of gRPC-Web. */
export const grpcWeb: Configured<GrpcWebFilter> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.grpc_web.v3.GrpcWeb',
  config: () => any('envoy.extensions.filters.http.grpc_web.v3.GrpcWeb', {}),
  off,
};

/** Makes gRPC of calls over HTTP/1.1. */
export const grpcBridge: Configured<GrpcBridgeFilter> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.grpc_http1_bridge.v3.Config',
  config: () => any('envoy.extensions.filters.http.grpc_http1_bridge.v3.Config', {}),
  off,
};

/** Counts calls of gRPC. */
export const grpcStats: Configured<GrpcStatsFilter> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.grpc_stats.v3.FilterConfig',
  config: ({ methods, upstream }) =>
    any('envoy.extensions.filters.http.grpc_stats.v3.FilterConfig', {
      ...(typeof methods === 'string'
        ? { stats_for_all_methods: { value: methods === 'All' } }
        : {
            individual_method_stats_allowlist: {
              services: methods.map((one) => ({ name: one.service, method_names: one.methods })),
            },
          }),
      ...(upstream && { enable_upstream_stats: true }),
    }),
  off,
};
