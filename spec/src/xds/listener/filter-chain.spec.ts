import test from 'ava';

import type { FilterChain } from '../../../../src/ir/filter-chain.ts';
import { filterChain } from '../../../../src/xds/listener/filter-chain.ts';
import { bytesOf, part } from '../../../../src/xds/message/part.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { resource } from '../../../../src/xds/resource.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aChain, aListener, tlsFor } from '../../../_support/world/an-ir.ts';

/** What only Envoy and Headgate say is taken off what clients send. */
const unreserved = ['x-envoy', 'x_envoy', 'x-headgate', 'x_headgate'].map((prefix) => ({
  remove_on_match: { key_matcher: { prefix } },
}));

/** A chain as a part of its listener. */
const shown = (chain: FilterChain) =>
  toJson(
    resource(
      TypeUrl.Listener,
      'web',
      bytesOf(filterChain(aListener({ tlsInspector: true }), chain, []) ?? part(Buffer.alloc(0))),
    ),
  );

/** The chain that all TLS Hosts share. */
const shared = shown(aChain({ name: 'tls', tls: { _tag: 'OnDemand', serverNames: [] } }));

test('a chain for all TLS Hosts asks for the certificate of each server name', (t) => {
  t.like(shared, {
    filter_chains: [
      {
        name: 'tls',
        transport_socket: {
          typed_config: {
            common_tls_context: {
              alpn_protocols: ['h2', 'http/1.1'],
              custom_tls_certificate_selector: {
                name: 'envoy.tls.certificate_selectors.on_demand_secret',
                typed_config: {
                  config_source: { ads: {}, resource_api_version: 'V3' },
                  certificate_mapper: {
                    name: 'envoy.tls.certificate_mappers.sni',
                    typed_config: { default_value: '(none)' },
                  },
                },
              },
            },
            disable_stateless_session_resumption: true,
            disable_stateful_session_resumption: true,
          },
        },
        transport_socket_connect_timeout: '10s',
      },
    ],
  });
});

test('what no host name is made of is no server name where names are asked for', (t) => {
  const match = (name: string, value_match: object) => ({
    single_predicate: { input: { name }, value_match },
  });
  t.like(shared, {
    filter_chain_matcher: {
      matcher_list: {
        matchers: [
          {
            predicate: match('server_name', {
              safe_regex: { google_re2: {}, regex: '[a-z0-9_.-]{1,253}' },
            }),
            on_match: { action: { name: 'tls' } },
          },
          {
            predicate: match('transport_protocol', { exact: 'raw_buffer' }),
            on_match: { action: { name: 'cleartext' } },
          },
          {
            predicate: {
              and_matcher: {
                predicate: [
                  match('transport_protocol', { exact: 'tls' }),
                  {
                    not_matcher: match('server_name', {
                      safe_regex: { google_re2: {}, regex: '(?s).+' },
                    }),
                  },
                ],
              },
            },
            on_match: { action: { name: 'tls' } },
          },
        ],
      },
    },
  });
});

test('Envoy tells routes the server name, and nobody else does', (t) => {
  t.like(shared, {
    filter_chains: [
      {
        filters: [
          {
            typed_config: {
              early_header_mutation_extensions: [
                {
                  typed_config: {
                    mutations: [
                      ...unreserved,
                      { append: { header: { key: 'x-headgate-shard', value: 'web' } } },
                      { append: { header: { key: 'x-headgate-sni', value: '*' } } },
                      {
                        append: {
                          header: { key: 'x-headgate-sni', value: '%REQUESTED_SERVER_NAME%' },
                        },
                      },
                    ],
                  },
                },
              ],
            },
          },
        ],
      },
    ],
  });
});

test('clients do not say what only Envoy may say where a table is not cut, either', (t) => {
  t.like(shown(aChain({ tls: tlsFor(['a.example']) })), {
    filter_chains: [
      {
        filters: [
          {
            typed_config: {
              rds: { route_config_name: 'web' },
              early_header_mutation_extensions: [{ typed_config: { mutations: unreserved } }],
            },
          },
        ],
      },
    ],
  });
});
