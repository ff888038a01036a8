import type { AccessLog, Filter } from '../../../proto/envoy.ts';
import type { Tcp } from '../../ir/filter-chain.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { statName } from '../message/stat-name.ts';

/** Passes each connection on to one of the backends; a chain without any filter closes it. */
export const tcpProxy = (
  { statPrefix, backends, idleTimeout }: Tcp,
  log: readonly AccessLog[],
): readonly Filter[] => {
  const used = backends.filter(({ weight }) => weight > 0); // Envoy takes no other
  return used.length === 0
    ? []
    : [
        {
          name: 'envoy.filters.network.tcp_proxy',
          typed_config: any('envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
            stat_prefix: statName(statPrefix),
            ...destination(used),
            ...(log.length > 0 && { access_log: log }),
            ...(idleTimeout !== undefined && { idle_timeout: duration(idleTimeout) }),
          }),
        },
      ];
};

const destination = (backends: Tcp['backends']) => {
  const [first, ...others] = backends;
  return first !== undefined && others.length === 0
    ? { cluster: first.cluster }
    : {
        weighted_clusters: {
          clusters: backends.map(({ cluster: name, weight }) => ({ name, weight })),
        },
      };
};
