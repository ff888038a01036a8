import test from 'ava';

import {
  dynamicBootstrap,
  type BootstrapOptions,
} from '../../../../src/xds/bootstrap/dynamic-bootstrap.ts';

const options: BootstrapOptions = {
  nodeId: 'laptop',
  nodeCluster: 'edge',
  ads: { _tag: 'Unix', path: '/run/ads.sock' },
  admin: { _tag: 'Tcp', host: '127.0.0.1', port: 9901 },
};

const fromTheStream = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };

test('an Envoy gets all it needs over one delta stream on a unix socket', (t) => {
  t.deepEqual(dynamicBootstrap(options), {
    node: { id: 'laptop', cluster: 'edge' },
    admin: {
      address: { socket_address: { address: '127.0.0.1', port_value: 9901 } },
      ignore_global_conn_limit: true,
    },
    dynamic_resources: {
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        set_node_on_first_message_only: true,
        grpc_services: [
          {
            envoy_grpc: {
              cluster_name: 'headgate-control-plane',
              retry_policy: { retry_back_off: { base_interval: '0.100s', max_interval: '1s' } },
            },
          },
        ],
      },
      cds_config: fromTheStream,
      lds_config: fromTheStream,
    },
    static_resources: {
      clusters: [
        {
          name: 'headgate-control-plane',
          type: 'STATIC',
          connect_timeout: '1s',
          load_assignment: {
            cluster_name: 'headgate-control-plane',
            endpoints: [
              { lb_endpoints: [{ endpoint: { address: { pipe: { path: '/run/ads.sock' } } } }] },
            ],
          },
          typed_extension_protocol_options: {
            'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
              '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
              explicit_http_config: {
                http2_protocol_options: {
                  connection_keepalive: { interval: '30s', timeout: '5s' },
                },
              },
            },
          },
        },
      ],
    },
    typed_dns_resolver_config: {
      name: 'envoy.network.dns_resolver.cares',
      typed_config: {
        '@type':
          'type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig',
        query_timeout_seconds: 1,
        query_tries: 2,
      },
    },
    deferred_stat_options: { enable_deferred_creation_stats: true },
    stats_config: {
      stats_tags: [
        {
          tag_name: 'envoy.extension_config',
          regex: String.raw`^extension_config_discovery\.(?:[a-z_]+\.)?((.+)\.)[a-z_]+$`,
        },
      ],
      stats_matcher: {
        exclusion_list: {
          patterns: [
            {
              safe_regex: {
                regex: String.raw`vhost\..+\.upstream_rq_(?:retry|per_try_timeout|completed).*|cluster\.[^.]+\.(?:assignment_|circuit_breakers\.|default\.total_match_count|init_fetch_timeout|lb_|max_host_weight|membership_|update_|version|warming_state).*`,
              },
            },
          ],
        },
      },
    },
    layered_runtime: {
      layers: [
        {
          name: 'static',
          static_layer: {
            're2.max_program_size.error_level': 100_000,
            'envoy.reloadable_features.remove_legacy_route_formatter': true,
          },
        },
        {
          name: 'connection-limits',
          rtds_layer: {
            name: 'connection-limits',
            rtds_config: { ads: {}, initial_fetch_timeout: '5s', resource_api_version: 'V3' },
          },
        },
      ],
    },
  });
});

const isFound = test.macro<[host: string, type: string]>({
  exec(t, host, type) {
    t.like(dynamicBootstrap({ ...options, ads: { _tag: 'Tcp', host, port: 18_000 } }), {
      static_resources: {
        clusters: [
          {
            type,
            load_assignment: {
              endpoints: [
                {
                  lb_endpoints: [
                    {
                      endpoint: {
                        address: { socket_address: { address: host, port_value: 18_000 } },
                      },
                    },
                  ],
                },
              ],
            },
          },
        ],
      },
    });
  },
  title: (_, host, type) => `a control plane at ${host} is found by ${type}`,
});

test(isFound, '127.0.0.1', 'STATIC');
test(isFound, '::1', 'STATIC');
test(isFound, 'control-plane.example', 'STRICT_DNS');

test('the number of client connections is limited when a limit is given', (t) => {
  t.like(dynamicBootstrap({ ...options, maxDownstreamConnections: 1000 }), {
    overload_manager: {
      refresh_interval: '0.250s',
      resource_monitors: [
        {
          name: 'envoy.resource_monitors.global_downstream_max_connections',
          typed_config: {
            '@type':
              'type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
            max_active_downstream_connections: '1000',
          },
        },
      ],
    },
  });
});

test('an Envoy that says whether it is ready knows the control plane that it asks', (t) => {
  const admin = { socket_address: { address: '127.0.0.1', port_value: 8877 } };
  t.like(
    dynamicBootstrap({
      ...options,
      ready: {
        address: { _tag: 'Tcp', host: '0.0.0.0', port: 8006 },
        controlPlane: { _tag: 'Tcp', host: '127.0.0.1', port: 8877 },
      },
    }),
    {
      static_resources: {
        listeners: [
          {
            name: 'headgate-ready',
            address: { socket_address: { address: '0.0.0.0', port_value: 8006 } },
            enable_reuse_port: false,
            ignore_global_conn_limit: true,
          },
        ],
        clusters: [
          { name: 'headgate-control-plane' },
          {
            name: 'headgate-ready',
            load_assignment: { endpoints: [{ lb_endpoints: [{ endpoint: { address: admin } }] }] },
          },
        ],
      },
    },
  );
});

test('an Envoy that is to keep all statistics leaves none out', (t) => {
  const { stats_config: kept } = dynamicBootstrap({ ...options, stats: 'all' }) as {
    readonly stats_config: object;
  };
  t.deepEqual(Object.keys(kept), ['stats_tags']);
});

test('an Envoy that counts by route takes a whole domain and a whole name for labels', (t) => {
  const { stats_config: counted } = dynamicBootstrap({ ...options, routeStats: true }) as {
    readonly stats_config: {
      readonly use_all_default_tags: boolean;
      readonly stats_tags: readonly { readonly tag_name: string; readonly regex?: string }[];
    };
  };
  t.false(counted.use_all_default_tags);
  const stat = 'vhost.a.route.example.route.HTTPRoute shop/a.route.b rule 2.upstream_rq_2xx';
  const found = counted.stats_tags.flatMap(({ tag_name, regex }) => {
    const [, , value] = (regex === undefined ? null : new RegExp(regex).exec(stat)) ?? [];
    return value === undefined ? [] : [[tag_name, value]];
  });
  t.deepEqual(found, [
    ['envoy.virtual_host', 'a.route.example'],
    ['envoy.route', 'HTTPRoute shop/a.route.b rule 2'],
  ]);
});
