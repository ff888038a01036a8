import test from 'ava';

import { get } from '../../../../src/collection/collection.ts';
import type { FilterChain } from '../../../../src/ir/filter-chain.ts';
import type { Listener } from '../../../../src/ir/listener.ts';
import { makeSnapshot } from '../../../../src/xds/make-snapshot.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import type { Resource } from '../../../../src/xds/resource.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import {
  aChain,
  aListener,
  anIr,
  aSecret,
  requestsOf,
  tlsFor,
} from '../../../_support/world/an-ir.ts';

const made = (listener: Partial<Listener>, ...chains: readonly FilterChain[]): Resource => {
  const ir = anIr({ listeners: [aListener(listener)], filterChains: chains, secrets: [aSecret()] });
  const resource = get(makeSnapshot(undefined, ir).resources[TypeUrl.Listener], 'web');
  if (resource === undefined) throw new Error('expected a listener');
  return resource;
};

const fromTheStream = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };

const manager = (fields: object) => ({
  name: 'envoy.filters.network.http_connection_manager',
  typed_config: {
    '@type':
      'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
    stat_prefix: 'ingress',
    scoped_routes: {
      name: 'shards',
      scope_key_builder: {
        fragments: [{ header_value_extractor: { name: 'x-headgate-shard', index: 0 } }],
      },
      scoped_rds: { scoped_rds_config_source: fromTheStream },
    },
    early_header_mutation_extensions: [
      {
        name: 'envoy.http.early_header_mutation.header_mutation',
        typed_config: {
          '@type':
            'type.googleapis.com/envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation',
          mutations: [
            { remove_on_match: { key_matcher: { prefix: 'x-envoy' } } },
            { remove_on_match: { key_matcher: { prefix: 'x_envoy' } } },
            { remove_on_match: { key_matcher: { prefix: 'x-headgate' } } },
            { remove_on_match: { key_matcher: { prefix: 'x_headgate' } } },
            {
              append: {
                header: { key: 'x-headgate-shard', value: 'web' },
                append_action: 'OVERWRITE_IF_EXISTS_OR_ADD',
              },
            },
          ],
        },
      },
    ],
    http_filters: [
      {
        name: 'shards web',
        config_discovery: {
          config_source: fromTheStream,
          type_urls: ['type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua'],
        },
        disabled: true,
      },
      {
        name: 'envoy.filters.http.cors',
        typed_config: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.cors.v3.Cors' },
      },
      {
        name: 'envoy.filters.http.router',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router',
        },
      },
    ],
    use_remote_address: true,
    normalize_path: true,
    strip_trailing_host_dot: true,
    stream_idle_timeout: '300s',
    request_headers_timeout: '10s',
    common_http_protocol_options: { idle_timeout: '3600s' },
    http2_protocol_options: {
      max_concurrent_streams: 100,
      initial_stream_window_size: 65536,
      initial_connection_window_size: 1048576,
    },
    ...fields,
  },
});

test('a cleartext listener speaks HTTP by its table, with the limits of an edge proxy', (t) => {
  const resource = made({}, aChain());
  t.deepEqual(toJson(resource), {
    '@type': TypeUrl.Listener,
    name: 'web',
    address: { socket_address: { address: '0.0.0.0', port_value: 8443 } },
    per_connection_buffer_limit_bytes: 32768,
    enable_reuse_port: false,
    filter_chains: [{ name: 'cleartext', filters: [manager({})] }],
  });
  t.deepEqual(resource.warmedBy, []);
});

test('what a chain says about trust and streams holds for its connections', (t) => {
  const options = { trustedHops: 2, http2MaxConcurrentStreams: 7 };
  t.like(toJson(made({}, aChain({ carries: requestsOf('web', options) }))), {
    filter_chains: [
      {
        filters: [
          manager({
            xff_num_trusted_hops: 2,
            http2_protocol_options: {
              max_concurrent_streams: 7,
              initial_stream_window_size: 65536,
              initial_connection_window_size: 1048576,
            },
          }),
        ],
      },
    ],
  });
});

test('a PROXY header is taken off before TLS is looked for', (t) => {
  t.like(toJson(made({ proxyProtocol: true, tlsInspector: true }, aChain())), {
    listener_filters: [
      { name: 'envoy.filters.listener.proxy_protocol' },
      { name: 'envoy.filters.listener.tls_inspector' },
    ],
  });
});

test('a cleartext chain takes no TLS connection when TLS is looked for', (t) => {
  t.like(toJson(made({ tlsInspector: true }, aChain())), {
    filter_chains: [{ filter_chain_match: { transport_protocol: 'raw_buffer' } }],
  });
});

const overTls = (name: string, ...serverNames: readonly string[]): FilterChain =>
  aChain({ name, tls: tlsFor(serverNames) });

test('a TLS chain is chosen by server name and gets its certificate from the stream', (t) => {
  const resource = made({ tlsInspector: true }, overTls('a', 'a.example', '*.b.example'));
  t.like(toJson(resource), {
    filter_chains: [
      {
        name: 'a',
        filter_chain_match: {
          transport_protocol: 'tls',
          server_names: ['a.example', '*.b.example'],
        },
        transport_socket: {
          name: 'envoy.transport_sockets.tls',
          typed_config: {
            '@type':
              'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext',
            common_tls_context: {
              alpn_protocols: ['h2', 'http/1.1'],
              tls_certificate_sds_secret_configs: [
                { name: 'demo/cert', sds_config: fromTheStream },
              ],
            },
          },
        },
        transport_socket_connect_timeout: '10s',
      },
    ],
  });
});

test('a chain for any server name names none', (t) => {
  t.like(toJson(made({ tlsInspector: true }, overTls('any'))), {
    filter_chains: [{ filter_chain_match: { transport_protocol: 'tls' } }],
  });
});

test('a listener waits for each of its certificates, once', (t) => {
  const { warmedBy } = made({ tlsInspector: true }, overTls('a', 'a'), overTls('b', 'b'));
  t.deepEqual(warmedBy, [{ typeUrl: TypeUrl.Secret, name: 'demo/cert' }]);
});
