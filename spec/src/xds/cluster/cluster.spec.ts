import test from 'ava';

import { cluster } from '../../../../src/xds/cluster/cluster.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aCluster } from '../../../_support/world/an-ir.ts';

/** What every cluster of these specs has. */
const common = {
  '@type': TypeUrl.Cluster,
  name: 'shop',
  alt_stat_name: 'shop',
  connect_timeout: '3s',
  per_connection_buffer_limit_bytes: 32768,
  typed_extension_protocol_options: {
    'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
      '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
      common_http_protocol_options: {},
      explicit_http_config: { http_protocol_options: {} },
    },
  },
};

const shopAt = (address: string, port: number) => ({
  cluster_name: 'shop',
  endpoints: [
    {
      lb_endpoints: [{ endpoint: { address: { socket_address: { address, port_value: port } } } }],
    },
  ],
});

test('endpoints that are discovered come from the same stream, without a time limit', (t) => {
  const resource = cluster(aCluster());
  t.deepEqual(toJson(resource), {
    ...common,
    type: 'EDS',
    eds_cluster_config: {
      eds_config: { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' },
      service_name: 'demo/shop:80',
    },
  });
  t.deepEqual(resource.warmedBy, [{ typeUrl: TypeUrl.Endpoints, name: 'demo/shop:80' }]);
});

test('a name is looked up as the cluster says', (t) => {
  const discovery = { _tag: 'Dns', host: 'shop.example', port: 443 } as const;
  const strict = cluster(
    aCluster({ discovery: { ...discovery, lookup: 'strict', family: 'v4', respectTtl: true } }),
  );
  t.deepEqual(toJson(strict), {
    ...common,
    type: 'STRICT_DNS',
    dns_lookup_family: 'V4_ONLY',
    respect_dns_ttl: true,
    load_assignment: shopAt('shop.example', 443),
  });
  t.deepEqual(strict.warmedBy, []);
  const logical = cluster(
    aCluster({ discovery: { ...discovery, lookup: 'logical', family: 'auto', respectTtl: false } }),
  );
  t.deepEqual(toJson(logical), {
    ...common,
    type: 'LOGICAL_DNS',
    load_assignment: shopAt('shop.example', 443),
  });
});

test('a fixed address needs no discovery', (t) => {
  const fixed = cluster(aCluster({ discovery: { _tag: 'Static', address: '10.0.0.1', port: 80 } }));
  t.deepEqual(toJson(fixed), {
    ...common,
    type: 'STATIC',
    load_assignment: shopAt('10.0.0.1', 80),
  });
});

const at10 = { discovery: { _tag: 'Static', address: '10.0.0.1', port: 80 } } as const;

test('HTTP/2 and the life of connections are settings of the protocol', (t) => {
  const options = cluster(
    aCluster({ ...at10, protocol: 'http2', idleTimeout: 1500, maxConnectionLifetime: 60_000 }),
  );
  t.like(toJson(options), {
    typed_extension_protocol_options: {
      'envoy.extensions.upstreams.http.v3.HttpProtocolOptions': {
        '@type': 'type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions',
        common_http_protocol_options: {
          idle_timeout: '1.500s',
          max_connection_duration: '60s',
        },
        explicit_http_config: {
          http2_protocol_options: {
            initial_stream_window_size: 65536,
            initial_connection_window_size: 1048576,
          },
        },
      },
    },
  });
});

test('what is negotiated, and what is as with the client, has the options of both', (t) => {
  const http_protocol_options = {};
  const http2_protocol_options = {
    initial_stream_window_size: 65536,
    initial_connection_window_size: 1048576,
  };
  const both = { http_protocol_options, http2_protocol_options };
  const optionsOf = (fields: Partial<Parameters<typeof cluster>[0]>) => {
    const { typed_extension_protocol_options: options } = toJson(
      cluster(aCluster({ ...at10, ...fields })),
    ) as typeof common;
    const { '@type': _, ...own } =
      options['envoy.extensions.upstreams.http.v3.HttpProtocolOptions'];
    return own;
  };
  const common_http_protocol_options = {};
  t.deepEqual<unknown, unknown>(optionsOf({ protocol: 'as-client' }), {
    common_http_protocol_options,
    use_downstream_protocol_config: both,
  });
  t.deepEqual<unknown, unknown>(optionsOf({ protocol: 'negotiated', tls: {} }), {
    common_http_protocol_options,
    auto_config: both,
  });
  t.deepEqual<unknown, unknown>(optionsOf({ protocol: 'negotiated' }), {
    common_http_protocol_options,
    explicit_http_config: { http_protocol_options },
  });
});

test('load balancer, limits and keepalive are passed on; what is not set is not sent', (t) => {
  const json = toJson(
    cluster(
      aCluster({
        ...at10,
        loadBalancer: { _tag: 'Maglev' },
        circuitBreakers: [
          { priority: 'default', maxConnections: 0 },
          { priority: 'high', maxPendingRequests: 1, maxRequests: 2, maxRetries: 3 },
        ],
        keepalive: { time: 60 },
      }),
    ),
  );
  t.deepEqual(json, {
    ...common,
    type: 'STATIC',
    load_assignment: shopAt('10.0.0.1', 80),
    lb_policy: 'MAGLEV',
    circuit_breakers: {
      thresholds: [
        { max_connections: 0 },
        { priority: 'HIGH', max_pending_requests: 1, max_requests: 2, max_retries: 3 },
      ],
    },
    upstream_connection_options: { tcp_keepalive: { keepalive_time: 60 } },
  });
});
