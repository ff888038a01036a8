import test from 'ava';

import type { UpstreamTls } from '../../../../src/ir/cluster.ts';
import { cluster } from '../../../../src/xds/cluster/cluster.ts';
import { toJson } from '../../../../src/xds/message/to-json.ts';
import { TypeUrl } from '../../../../src/xds/type-url.ts';
import { aCluster } from '../../../_support/world/an-ir.ts';

const at10 = { discovery: { _tag: 'Static', address: '10.0.0.1', port: 80 } } as const;

test('TLS names the server it wants and says that it will speak HTTP/2', (t) => {
  t.like(toJson(cluster(aCluster({ ...at10, tls: { sni: 'shop.example' }, protocol: 'http2' }))), {
    transport_socket: {
      name: 'envoy.transport_sockets.tls',
      typed_config: {
        '@type': 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext',
        common_tls_context: { alpn_protocols: ['h2'] },
        sni: 'shop.example',
      },
    },
  });
});

test('an upstream is verified by a trust bundle and names, and shown a certificate; all of it comes over SDS', (t) => {
  const resource = cluster(
    aCluster({
      tls: {
        sni: 'shop.example',
        clientCertificate: 'demo/cert',
        verify: {
          trust: 'trust://demo/ca',
          names: [
            { _tag: 'Dns', name: 'shop.example' },
            { _tag: 'Uri', uri: 'spiffe://shop' },
          ],
        },
      },
    }),
  );
  const sds_config = { ads: {}, initial_fetch_timeout: '0s', resource_api_version: 'V3' };
  t.like(toJson(resource), {
    transport_socket: {
      typed_config: {
        common_tls_context: {
          tls_certificate_sds_secret_configs: [{ name: 'demo/cert', sds_config }],
          combined_validation_context: {
            default_validation_context: {
              match_typed_subject_alt_names: [
                { san_type: 'DNS', matcher: { exact: 'shop.example' } },
                { san_type: 'URI', matcher: { exact: 'spiffe://shop' } },
              ],
            },
            validation_context_sds_secret_config: { name: 'trust://demo/ca', sds_config },
          },
        },
        sni: 'shop.example',
      },
    },
  });
  t.deepEqual(resource.warmedBy, [
    { typeUrl: TypeUrl.Endpoints, name: 'demo/shop:80' },
    { typeUrl: TypeUrl.Secret, name: 'demo/cert' },
    { typeUrl: TypeUrl.Secret, name: 'trust://demo/ca' },
  ]);
});

test('versions, ciphers and protocols of TLS are passed on', (t) => {
  const tls: UpstreamTls = {
    parameters: {
      minVersion: '1.0',
      maxVersion: '1.2',
      ciphers: ['AES128-SHA'],
      curves: ['P-256'],
    },
    alpn: ['http/1.1'],
  };
  t.like(toJson(cluster(aCluster({ ...at10, protocol: 'http2', tls }))), {
    transport_socket: {
      typed_config: {
        common_tls_context: {
          tls_params: {
            tls_minimum_protocol_version: 'TLSv1_0',
            tls_maximum_protocol_version: 'TLSv1_2',
            cipher_suites: ['AES128-SHA'],
            ecdh_curves: ['P-256'],
          },
          alpn_protocols: ['http/1.1'],
        },
      },
    },
  });
});

test('without names, any certificate of the authorities is accepted', (t) => {
  const verify = { trust: 'trust://demo/ca', names: [] } as const;
  t.like(toJson(cluster(aCluster({ ...at10, tls: { verify } }))), {
    transport_socket: {
      typed_config: {
        common_tls_context: { combined_validation_context: { default_validation_context: {} } },
      },
    },
  });
});
