import test from 'ava';

import { get } from '../../../../src/collection/collection.ts';
import type { FilterChain, Tcp } from '../../../../src/ir/filter-chain.ts';
import type { Listener } from '../../../../src/ir/listener.ts';
import type { ClientVerification } from '../../../../src/ir/tls-handshake.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import {
  aChain,
  aListener,
  anIr,
  aSecret,
  requestsOf,
  aTrustBundle,
  tlsFor,
} from '../../../_support/world/an-ir.ts';

/** The resources of the listener `web` with one chain. */
const resourcesOf = (chain: Partial<FilterChain>, listener: Partial<Listener> = {}) =>
  makeSnapshot(
    undefined,
    anIr({
      listeners: [aListener(listener)],
      filterChains: [aChain(chain)],
      secrets: [aSecret(), aSecret({ name: 'demo/other' })],
      trustBundles: [aTrustBundle()],
    }),
  ).resources;

/** The listener as Envoy reads it; `undefined` where there is none. */
const made = (chain: Partial<FilterChain>, listener: Partial<Listener> = {}): unknown => {
  const resource = get(resourcesOf(chain, listener)[TypeUrl.Listener], 'web');
  return resource && toJson(resource);
};

/** Where the connections of the chain go, as Envoy reads it; `undefined` where they go nowhere. */
const passing = (chain: Partial<FilterChain>): unknown => {
  const resource = get(resourcesOf(chain)[TypeUrl.Extension], 'connections web cleartext');
  return resource && toJson(resource);
};

const tcp = (fields: Partial<Tcp> = {}): Tcp => ({
  _tag: 'Tcp',
  statPrefix: 'db',
  backends: [{ cluster: 'shop', weight: 1 }],
  ...fields,
});

const proxyType =
  'type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy' as const;

/** The filter in a chain of the listener `web`: it never changes. */
const proxy = (chain = 'cleartext') => ({
  name: `connections web ${chain}`,
  config_discovery: { type_urls: [proxyType] },
});

const goesTo = (fields: object) => ({
  typed_config: {
    '@type': proxyType,
    stat_prefix: 'db',
    ...fields,
  },
});

test('a connection goes to the only backend, which comes over ECDS', (t) => {
  t.like(passing({ carries: tcp() }), goesTo({ cluster: 'shop' }));
  t.like(made({ carries: tcp() }), {
    '@type': TypeUrl.Listener,
    name: 'web',
    address: { socket_address: { address: '0.0.0.0', port_value: 8443 } },
    per_connection_buffer_limit_bytes: 32768,
    enable_reuse_port: false,
    filter_chains: [{ name: 'cleartext', filters: [proxy()] }],
  });
});

test('of several backends each has its share of the connections', (t) => {
  const backends = [
    { cluster: 'shop', weight: 3 },
    { cluster: 'new', weight: 1 },
  ];
  t.like(
    passing({ carries: tcp({ backends, idleTimeout: 1500 }) }),
    goesTo({
      weighted_clusters: {
        clusters: [
          { name: 'shop', weight: 3 },
          { name: 'new', weight: 1 },
        ],
      },
      idle_timeout: '1.500s',
    }),
  );
});

test('where connections go changes no listener', (t) => {
  const before = made({ carries: tcp() });
  t.deepEqual(made({ carries: tcp({ backends: [{ cluster: 'new', weight: 1 }] }) }), before);
  t.deepEqual(made({ carries: tcp({ idleTimeout: 5, statPrefix: 'other' }) }), before);
});

test('a backend of weight 0 gets no connection', (t) => {
  const none = { cluster: 'new', weight: 0 };
  const one = { cluster: 'shop', weight: 5 };
  t.like(passing({ carries: tcp({ backends: [none, one] }) }), goesTo({ cluster: 'shop' }));
  t.notRegex(JSON.stringify(made({ carries: tcp({ backends: [none] }) })), /"filters"/);
  t.is(passing({ carries: tcp({ backends: [none] }) }), undefined);
});

test('beside server names, a chain without TLS of ours takes what no other chain is for', (t) => {
  const matches = (carries: FilterChain['carries']) =>
    JSON.stringify(made({ carries }, { tlsInspector: true })).includes('raw_buffer');
  t.false(matches(tcp()));
  t.true(matches(requestsOf('web')));
});

test('without a backend, and where handshakes are refused, a connection is closed', (t) => {
  t.like(made({ carries: tcp({ backends: [] }) }), { filter_chains: [{ name: 'cleartext' }] });
  const tls = { _tag: 'Refuse', serverNames: ['a.example'] } as const;
  for (const chain of [{ carries: tcp({ backends: [] }) }, { tls, carries: tcp() }])
    t.notRegex(JSON.stringify(made(chain)), /"filters"/);
});

test('a name that passes through has no certificate here', (t) => {
  const tls = { _tag: 'PassThrough', serverNames: ['a.example'] } as const;
  t.like(made({ name: 'a', tls, carries: tcp() }), {
    filter_chains: [
      {
        name: 'a',
        filter_chain_match: { transport_protocol: 'tls', server_names: ['a.example'] },
        filters: [proxy('a')],
      },
    ],
  });
  t.notRegex(JSON.stringify(made({ tls, carries: tcp() })), /transport_socket/);
});

/** The TLS context of the chain. */
const context = (common: object) => ({
  filter_chains: [{ transport_socket: { typed_config: { common_tls_context: common } } }],
});

test('TLS that ends here has its certificates and settings', (t) => {
  const tls = tlsFor(['a.example'], {
    certificates: ['demo/cert', 'demo/other'],
    settings: {
      parameters: {
        minVersion: '1.2',
        maxVersion: '1.3',
        ciphers: ['ECDHE-RSA-AES128-GCM-SHA256'],
        curves: ['X25519'],
      },
      alpn: ['http/1.1'],
    },
  });
  t.like(
    made({ tls }),
    context({
      tls_params: {
        tls_minimum_protocol_version: 'TLSv1_2',
        tls_maximum_protocol_version: 'TLSv1_3',
        cipher_suites: ['ECDHE-RSA-AES128-GCM-SHA256'],
        ecdh_curves: ['X25519'],
      },
      alpn_protocols: ['http/1.1'],
      tls_certificate_sds_secret_configs: [{ name: 'demo/cert' }, { name: 'demo/other' }],
    }),
  );
});

test('connections whose TLS is taken off have no protocol of ours', (t) => {
  t.notRegex(JSON.stringify(made({ tls: tlsFor(['a']), carries: tcp() })), /alpn_protocols/);
});

/** A chain that lets clients in by their certificates. */
const admitting = (admits: ClientVerification['admits']): Partial<FilterChain> => ({
  tls: tlsFor(['a'], { settings: { clients: { trust: 'trust://demo/ca', names: [], admits } } }),
});

test('a client is asked for a certificate that an authority vouches for', (t) => {
  const validation = {
    combined_validation_context: {
      validation_context_sds_secret_config: { name: 'trust://demo/ca' },
    },
  };
  for (const admits of ['Verified', 'VerifiedOrNone', 'Anybody'] as const) {
    t.like(made(admitting(admits)), context(validation), admits);
    const text = JSON.stringify(made(admitting(admits)));
    t.is(/"require_client_certificate":true/.test(text), admits === 'Verified', admits);
    t.is(/"trust_chain_verification":"ACCEPT_UNTRUSTED"/.test(text), admits === 'Anybody', admits);
  }
});

const udp = { _tag: 'Udp', statPrefix: 'dns', cluster: 'dns', idleTimeout: 5000 } as const;

test('datagrams go to a cluster, and workers share the port', (t) => {
  t.deepEqual(made({ carries: udp }, { transport: 'udp' }), {
    '@type': TypeUrl.Listener,
    name: 'web',
    address: { socket_address: { protocol: 'UDP', address: '0.0.0.0', port_value: 8443 } },
    per_connection_buffer_limit_bytes: 32768,
    listener_filters: [
      {
        name: 'envoy.filters.udp_listener.udp_proxy',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.udp.udp_proxy.v3.UdpProxyConfig',
          stat_prefix: 'dns',
          idle_timeout: '5s',
          matcher: {
            on_no_match: {
              action: {
                name: 'route',
                typed_config: {
                  '@type': 'type.googleapis.com/envoy.extensions.filters.udp.udp_proxy.v3.Route',
                  cluster: 'dns',
                },
              },
            },
          },
        },
      },
    ],
    udp_listener_config: {},
    enable_reuse_port: true,
  });
});

test('what does not fit its transport is left out', (t) => {
  t.is(made({ carries: udp }), undefined);
  t.is(made({ carries: tcp() }, { transport: 'udp' }), undefined);
});
