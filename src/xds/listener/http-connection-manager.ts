import type { AccessLog, Filter, HttpConnectionManager } from '../../../proto/envoy.ts';
import type { HttpOptions } from '../../ir/http-options.ts';
import type { RouteTableName } from '../../ir/virtual-host.ts';
import { httpFilters, listedFilter, type ListedFilter } from '../filter/http-filters.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { flowControl } from '../message/flow-control.ts';
import { statName } from '../message/stat-name.ts';
import { shardHeader } from '../shard/internal-header.ts';
import { filterName } from '../shard/shard.ts';
import { earlyHeaders } from './early-headers.ts';
import { httpSettings } from './http-settings.ts';
import { toService } from './log-service.ts';
import type { Routing } from './routing.ts';
import { tracing } from './tracing.ts';

/**
 * Speaks HTTP on a connection and routes by one table.
 *
 * Limits and time-outs are those of Envoy's guide for edge proxies. Where a setting of that guide would
 * change what an upstream is sent or refused (underscores in names, doubled or escaped slashes), it stays as it
 * is in Emissary: unchanged.
 *
 * No client counts as internal, whatever its address, so none can set retries and timeouts by
 * `x-envoy-…` headers. That is what Envoy 1.40 does without `internal_address_config`; with an
 * empty one it takes all private addresses for internal ones, and so everybody behind a load
 * balancer.
 */
export const httpConnectionManager = (
  options: HttpOptions,
  routing: Routing,
  listed: readonly ListedFilter[],
  log: readonly AccessLog[],
  codec: Pick<HttpConnectionManager, 'codec_type'> = {},
): Filter => {
  const logs = [...log, ...(options.logServices ?? []).map(toService)];
  return {
    name: 'envoy.filters.network.http_connection_manager',
    typed_config: any(
      'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
      {
        ...codec,
        stat_prefix: statName(options.statPrefix),
        ...(routing.scoped ? byScope : byTable(routing.table)),
        early_header_mutation_extensions: [earlyHeaders(routing)],
        http_filters: httpFilters(
          routing.scoped ? [shardFilter(routing.table), ...listed] : listed,
          options.settings?.suppressesEnvoyHeaders,
        ),
        ...(logs.length > 0 && { access_log: logs }),
        ...(options.tracing !== undefined && { tracing: tracing(options.tracing) }),
        xff_num_trusted_hops: options.trustedHops,
        normalize_path: { value: true },
        strip_trailing_host_dot: true,
        stream_idle_timeout: duration(300_000),
        request_headers_timeout: duration(10_000),
        ...httpSettings(options.settings ?? noSettings),
        http2_protocol_options: {
          max_concurrent_streams: {
            value: options.http2MaxConcurrentStreams ?? flowControl.concurrentStreams,
          },
          initial_stream_window_size: { value: flowControl.streamWindowBytes },
          initial_connection_window_size: { value: flowControl.connectionWindowBytes },
        },
      },
    ),
  };
};

const noSettings = {};

const byTable = (table: RouteTableName) => ({
  rds: { route_config_name: table, config_source: adsSource },
});

/** But for names everything is equal in all listeners, because Envoy shares one SRDS subscription among them. */
const byScope = {
  scoped_routes: {
    name: 'shards',
    scope_key_builder: {
      fragments: [{ header_value_extractor: { name: shardHeader, index: 0 } }],
    },
    scoped_rds: { scoped_rds_config_source: adsSource },
  },
};

const shardFilter = (table: RouteTableName): ListedFilter =>
  listedFilter(filterName(table), { _tag: 'Shards' });
