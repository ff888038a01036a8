import type { ListenerFilter } from '../../../proto/envoy.ts';
import type { Udp } from '../../ir/filter-chain.ts';
import { duration } from '../message/duration.ts';
import { any } from '../message/encode.ts';
import { statName } from '../message/stat-name.ts';

/** Passes datagrams on: all of one client to one endpoint, as long as there are some. */
export const udpProxy = ({ statPrefix, cluster, idleTimeout }: Udp): ListenerFilter => ({
  name: 'envoy.filters.udp_listener.udp_proxy',
  typed_config: any('envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig', {
    stat_prefix: statName(statPrefix),
    ...(idleTimeout !== undefined && { idle_timeout: duration(idleTimeout) }),
    matcher: {
      on_no_match: {
        action: {
          name: 'route',
          typed_config: any('envoy.extensions.filters.udp.udp_proxy.v3.Route', { cluster }),
        },
      },
    },
  }),
});
