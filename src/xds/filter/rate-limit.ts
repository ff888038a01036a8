import { ApiVersion, type RouteRateLimit, type RateLimitAction } from '../../../proto/envoy.ts';
import type {
  Descriptor,
  DescriptorEntry,
  RateLimitFilter,
  RateLimits,
} from '../../ir/filter/rate-limit.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { grpcService } from '../message/grpc-service.ts';
import type { FilterKind } from './filter-kind.ts';

/**
 * Asks a rate limit service. A route names the domain too: while the filter changes to another one, no request
 * is counted by what another domain means.
 */
export const rateLimit: FilterKind<RateLimitFilter, RateLimits> = {
  discovered: 'type.googleapis.com/envoy.extensions.filters.http.ratelimit.v3.RateLimit',
  clusterOf: ({ cluster }) => cluster,
  config: ({ cluster, domain, timeout, deniesOnFailure, resourceExhausted }) =>
    any('envoy.extensions.filters.http.ratelimit.v3.RateLimit', {
      domain,
      timeout: duration(timeout),
      failure_mode_deny: deniesOnFailure,
      rate_limited_as_resource_exhausted: resourceExhausted,
      rate_limit_service: {
        grpc_service: grpcService(cluster),
        transport_api_version: ApiVersion.V3,
      },
    }),
  forRoute: ({ domain, descriptors }) =>
    any('envoy.extensions.filters.http.ratelimit.v3.RateLimitPerRoute', {
      domain,
      rate_limits: descriptors.map(rateLimitOf),
    }),
};

const rateLimitOf = (descriptor: Descriptor): RouteRateLimit => ({
  actions: descriptor.map(action),
});

const action = (entry: DescriptorEntry): RateLimitAction => {
  switch (entry._tag) {
    case 'SourceCluster':
      return { source_cluster: {} };
    case 'DestinationCluster':
      return { destination_cluster: {} };
    case 'RemoteAddress':
      return { remote_address: {} };
    case 'RequestHeader':
      return {
        request_headers: {
          header_name: entry.header,
          descriptor_key: entry.key,
          ...(entry.optional === true && { skip_if_absent: true }),
        },
      };
    case 'Fixed':
      return {
        generic_key: {
          descriptor_value: entry.value,
          ...(entry.key !== undefined && { descriptor_key: entry.key }),
        },
      };
  }
};
