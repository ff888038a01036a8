import test from 'ava';

import { staticBootstrap } from '../../../../src/xds/bootstrap/static-bootstrap.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import {
  aChain,
  aCluster,
  aListener,
  anIr,
  aRoute,
  aSecret,
  aTrustBundle,
  aVirtualHost,
  requestsOf,
  someEndpoints,
  tlsFor,
} from '../../../_support/world/an-ir.ts';

const { resources } = makeSnapshot(
  undefined,
  anIr({
    listeners: [aListener({ tlsInspector: true })],
    filterChains: [
      aChain({ name: 'a', tls: tlsFor(['a']), carries: requestsOf('web', {}, ['Limit a/b']) }),
    ],
    filters: [['Limit a/b', { _tag: 'Buffer', maxRequestBytes: 7, from: [] }]],
    virtualHosts: [aVirtualHost('a', aRoute())],
    clusters: [
      aCluster({
        tls: { clientCertificate: 'demo/cert', verify: { trust: 'trust://demo/ca', names: [] } },
      }),
    ],
    endpoints: [someEndpoints('10.0.0.1')],
    secrets: [aSecret()],
    trustBundles: [aTrustBundle()],
    connectionLimits: [['edge', { requestsPerTurn: 3, from: [] }]],
  }),
);

const bootstrap = staticBootstrap(resources);

test('nothing is left to be discovered', (t) => {
  t.notRegex(
    JSON.stringify(bootstrap),
    /"(ads|rds|eds_cluster_config|sds_config|config_discovery)"/,
  );
});

test('routes are in their listener, endpoints in their cluster, certificates beside them', (t) => {
  t.like(bootstrap, {
    static_resources: {
      listeners: [
        {
          filter_chains: [
            {
              filters: [
                {
                  typed_config: {
                    stat_prefix: 'ingress',
                    http_filters: [
                      { name: 'envoy.filters.http.cors' },
                      { name: 'Limit a/b', typed_config: { max_request_bytes: 7 } },
                      { name: 'envoy.filters.http.router' },
                    ],
                    route_config: {
                      name: 'web',
                      virtual_hosts: [
                        {
                          name: 'a',
                          routes: [
                            { match: { prefix: '/' }, route: { cluster: 'shop', timeout: '3s' } },
                          ],
                        },
                      ],
                    },
                  },
                },
              ],
              transport_socket: {
                typed_config: {
                  common_tls_context: {
                    alpn_protocols: ['h2', 'http/1.1'],
                    tls_certificate_sds_secret_configs: [{ name: 'demo/cert' }],
                  },
                },
              },
            },
          ],
        },
      ],
      clusters: [
        {
          name: 'shop',
          type: 'STATIC',
          transport_socket: {
            typed_config: {
              common_tls_context: {
                tls_certificate_sds_secret_configs: [{ name: 'demo/cert' }],
                combined_validation_context: {
                  validation_context_sds_secret_config: { name: 'trust://demo/ca' },
                },
              },
            },
          },
          load_assignment: {
            cluster_name: 'shop',
            endpoints: [
              {
                lb_endpoints: [
                  {
                    endpoint: {
                      address: { socket_address: { address: '10.0.0.1', port_value: 8080 } },
                    },
                  },
                ],
              },
            ],
          },
        },
      ],
      secrets: [
        {
          name: 'trust://demo/ca',
          validation_context: { trusted_ca: { inline_string: 'authorities' } },
        },
        { name: 'demo/cert', tls_certificate: { private_key: { inline_string: 'private key' } } },
      ],
    },
  });
});

test('a chain that passes connections on says itself where to', (t) => {
  const carries = {
    _tag: 'Tcp',
    statPrefix: 'db',
    backends: [{ cluster: 'shop', weight: 1 }],
  } as const;
  const ir = anIr({ listeners: [aListener()], filterChains: [aChain({ carries })] });
  t.like(staticBootstrap(makeSnapshot(undefined, ir).resources), {
    static_resources: {
      listeners: [
        {
          filter_chains: [{ filters: [{ typed_config: { stat_prefix: 'db', cluster: 'shop' } }] }],
        },
      ],
    },
  });
});

test('limits of connections are a layer of the runtime', (t) => {
  t.like(bootstrap, {
    layered_runtime: {
      layers: [
        { name: 'static' },
        { name: 'connection-limits', static_layer: { 'http.max_requests_per_io_cycle': 3 } },
      ],
    },
  });
  const { resources: unlimited } = makeSnapshot(undefined, anIr({}));
  t.like(staticBootstrap(unlimited), { layered_runtime: { layers: { length: 1 } } });
});
