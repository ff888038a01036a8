import { anAuthority } from '../world/an-authority.ts';
import { opaqueSecret, tlsContext } from '../tls/tls-manifests.ts';
import { host, mapping, moduleOf, tcpMapping, tlsSecret } from '../world/routing-manifests.ts';
import { hotHost, type Editor } from './editor.ts';

/** One editor for each kind of object that can be edited while it serves. */
export const editors: readonly Editor[] = [
  {
    kind: 'Mapping',
    manifests: (k, { services: { one, two } }) =>
      mapping(
        'page',
        k % 2 === 0 ? one.port : two.port,
        `prefix: /, timeout_ms: ${50_000 + k}, add_response_headers: { x-edit: '${k}' }` +
          (k % 3 === 0 ? ', precedence: -1' : ''),
      ),
  },
  {
    kind: 'Host',
    leaves: 'a server name that is gone had a filter chain of its own; others stay',
    manifests: (k) =>
      host(
        hotHost,
        `${routed}, tlsSecret: { name: hot }, tlsContext: { name: hot }`,
        `name: hot, labels: { edit: '${k}' }`,
      ) + (k % 2 === 0 ? '' : host('more.example', `${routed}, tlsSecret: { name: hot }`)),
  },
  {
    kind: 'Secret',
    manifests: (k, { authority }) =>
      tlsSecret('hot', authority.sign({ names: [hotHost, `edit-${k}.example`] })),
  },
  {
    kind: 'TLSContext',
    leaves: 'the settings of TLS are a part of the filter chain, which Envoy replaces',
    manifests: (k) =>
      tlsContext(
        'hot',
        `ca_secret: ca, crl_secret: crl, min_tls_version: ${k % 2 === 0 ? 'v1.2' : 'v1.0'}`,
      ),
  },
  {
    kind: 'CRL',
    manifests: (k, { authority }) =>
      opaqueSecret('crl', {
        'crl.pem': authority.revoke(
          authority.sign({ names: [`revoked-${k}.example`] }).certificate,
        ),
      }),
  },
  {
    kind: 'authority',
    manifests: (k, { authority }) =>
      opaqueSecret('ca', {
        'tls.crt': authority.certificate + anAuthority(`beside-${k}`).certificate,
      }),
  },
  {
    kind: 'TCPMapping',
    manifests: (k, { ports, services: { socket, otherSocket } }) =>
      tcpMapping(
        'echo',
        k % 2 === 0 ? socket.port : otherSocket.port,
        `port: ${ports.other}, idle_timeout_ms: '${600_000 + k}', stats_name: edit-${k % 3}`,
      ) +
      (k % 3 === 0
        ? ''
        : tcpMapping('canary', otherSocket.port, `port: ${ports.other}, weight: ${10 * (k % 5)}`)),
  },
  {
    kind: 'Module',
    leaves: 'how HTTP is spoken is a part of the filter chain, which Envoy replaces',
    manifests: (k) => moduleOf(`server_name: edit-${k}`),
  },
];

const routed = 'requestPolicy: { insecure: { action: Route } }';
