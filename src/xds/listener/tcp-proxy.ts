import type { Filter } from '../../../proto/envoy.ts';
import type { AccessLog } from '../../ir/access-log/access-log.ts';
import type { FilterChainKey, Tcp, WeightedCluster } from '../../ir/filter-chain.ts';
import { adsSource } from '../message/ads-source.ts';
import { duration } from '../message/duration.ts';
import { any, encode } from '../message/encode.ts';
import { statName } from '../message/stat-name.ts';
import { resource, type Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';
import { accessLog } from './access-log.ts';

/**
 * Passes each connection of a chain on to one of the backends; a chain without any filter closes it.
 *
 * Where connections go comes over ECDS, and new ones follow it: an edit of it changes no listener, so it ends
 * no connection. A new listener waits for it. If Envoy refuses the first one, connections are closed.
 */
export const tcpProxy = (chain: FilterChainKey, tcp: Tcp): readonly Filter[] =>
  used(tcp).length === 0
    ? []
    : [
        {
          name: proxyName(chain),
          config_discovery: {
            config_source: adsSource,
            type_urls: [`type.googleapis.com/${type}`],
          },
        },
      ];

/** ECDS: where the connections of a chain go; absent where they go nowhere. */
export const tcpProxyConfig = (
  name: string,
  tcp: Tcp,
  written: AccessLog | undefined,
): Resource | undefined => {
  const { statPrefix, idleTimeout } = tcp;
  const backends = used(tcp);
  if (backends.length === 0) return undefined;
  const log = accessLog(written);
  const typed_config = any(type, {
    stat_prefix: statName(statPrefix),
    ...destination(backends),
    ...(log.length > 0 && { access_log: log }),
    ...(idleTimeout !== undefined && { idle_timeout: duration(idleTimeout) }),
  });
  return resource(
    TypeUrl.Extension,
    name,
    encode('envoy.config.core.v3.TypedExtensionConfig', { name, typed_config }),
  );
};

/** Names the filter that passes the connections of a chain on. */
export const proxyName = (chain: FilterChainKey): string => `${prefix}${chain}`;

/** The chain whose connections the filter with this name passes on; absent for the name of another filter. */
export const chainOfProxy = (name: string): FilterChainKey | undefined =>
  name.startsWith(prefix) ? (name.slice(prefix.length) as FilterChainKey) : undefined;

const prefix = 'connections ';

const type = 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy';

/** Envoy takes no other backend. */
const used = ({ backends }: Tcp): readonly WeightedCluster[] =>
  backends.filter(({ weight }) => weight > 0);

const destination = (backends: readonly WeightedCluster[]) => {
  const [first, ...others] = backends;
  return first !== undefined && others.length === 0
    ? { cluster: first.cluster }
    : {
        weighted_clusters: {
          clusters: backends.map(({ cluster: name, weight }) => ({ name, weight })),
        },
      };
};
