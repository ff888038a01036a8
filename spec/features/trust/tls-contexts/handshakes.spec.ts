import { once } from 'node:events';

import test from 'ava';

import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { statusFor, tlsConnection, type TlsClient } from '../../../_support/tls/tls-client.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { host, listener, tlsSecret } from '../../../_support/world/routing-manifests.ts';
import { tlsContext } from '../../../_support/tls/tls-manifests.ts';

const authority = anAuthority('known');
const identity = (name: string, key: 'ec' | 'rsa' = 'rsa') =>
  authority.sign({ names: [name], key });

const gcm = 'ECDHE-RSA-AES256-GCM-SHA384';

/** Names with what their settings are. */
const settings: Readonly<Record<string, string>> = {
  plain: '',
  'from-1.3': 'min_tls_version: v1.3',
  'to-1.2': 'max_tls_version: v1.2',
  'from-1.0': 'min_tls_version: v1.0, max_tls_version: v1.1, cipher_suites: [ECDHE-RSA-AES128-SHA]',
  ciphers: `max_tls_version: v1.2, cipher_suites: [${gcm}]`,
  curves: 'ecdh_curves: [P-384]',
  h1: 'alpn_protocols: http/1.1',
  both: 'alpn_protocols: "h2, http/1.1"',
  inert: 'redirect_cleartext_from: 8080, sni: x.example',
  wrong: 'min_tls_version: v9',
  reversed: 'min_tls_version: v1.3, max_tls_version: v1.2',
};

const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('server', identity('*.example')) +
    Object.entries(settings)
      .map(([name, tls]) => host(`${name}.example`, `tlsSecret: { name: server }, tls: { ${tls} }`))
      .join('') +
    tlsContext('third', 'min_tls_version: v1.3, alpn_protocols: h2') +
    host('named.example', 'tlsSecret: { name: server }, tlsContext: { name: third }'),
);
test.after.always(gateway.stop);

/** What is agreed on with a client: version, cipher and protocol; `nothing` where there is no handshake. */
const agreed = async (name: string, options: Partial<TlsClient> = {}): Promise<string> => {
  const { port } = { port: gateway.ports.https };
  const socket = tlsConnection({ port, servername: `${name}.example`, ...options });
  try {
    await once(socket, 'secureConnect');
    const protocol = socket.alpnProtocol === false ? '' : ` ${String(socket.alpnProtocol)}`;
    return `${socket.getProtocol()} ${socket.getCipher().name}${protocol}`;
  } catch {
    return 'nothing';
  } finally {
    socket.destroy();
  }
};

const version = async (name: string, maxVersion: 'TLSv1.2' | 'TLSv1.3') =>
  (await agreed(name, { maxVersion })).split(' ')[0];

test('a version of TLS is the least or the greatest that is spoken', async (t) => {
  const found = async (name: string) => [
    await version(name, 'TLSv1.2'),
    await version(name, 'TLSv1.3'),
  ];
  t.deepEqual(await found('plain'), ['TLSv1.2', 'TLSv1.3']);
  t.deepEqual(await found('from-1.3'), ['nothing', 'TLSv1.3']);
  t.deepEqual(await found('to-1.2'), ['TLSv1.2', 'TLSv1.2']);
  t.deepEqual(await found('named'), ['nothing', 'TLSv1.3']);
});

test('an old version is spoken where it is asked for, and nowhere else', async (t) => {
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const;
  t.is((await agreed('from-1.0', old)).split(' ')[0], 'TLSv1.1');
  t.is(await agreed('plain', old), 'nothing');
});

test('of the ciphers of TLS 1.2 those are spoken that are listed', async (t) => {
  t.is(await agreed('ciphers'), `TLSv1.2 ${gcm}`);
  t.is(await agreed('ciphers', { ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }), 'nothing');
  t.not(await agreed('plain', { ciphers: 'ECDHE-RSA-AES128-GCM-SHA256' }), 'nothing');
});

test('of the curves those are spoken that are listed', async (t) => {
  t.not(await agreed('curves', { ecdhCurve: 'P-384' }), 'nothing');
  t.is(await agreed('curves', { ecdhCurve: 'P-256' }), 'nothing');
  t.not(await agreed('plain', { ecdhCurve: 'P-256' }), 'nothing');
});

test('of the protocols those are offered that are listed, in their order', async (t) => {
  const ALPNProtocols = ['h2', 'http/1.1'];
  const protocol = async (name: string) => (await agreed(name, { ALPNProtocols })).split(' ')[2];
  t.is(await protocol('plain'), 'h2');
  t.is(await protocol('h1'), 'http/1.1');
  t.is(await protocol('both'), 'h2');
  t.is(await protocol('named'), 'h2');
});

test('settings that contradict themselves refuse handshakes, and say why', async (t) => {
  for (const [name, field] of [
    ['wrong', 'spec.tls.min_tls_version'],
    ['reversed', 'spec.tls.min_tls_version'],
  ] as const) {
    t.is(await agreed(name), 'nothing', name);
    t.like(await gateway.problems(`Host default/${name}.example`), [
      { problem: 'InvalidField', field },
    ]);
  }
});

test('what has no effect for clients is said', async (t) => {
  const asked = { port: gateway.ports.https, servername: 'inert.example' };
  t.is(await statusFor(asked), '404');
  t.like(await gateway.problems('Host default/inert.example'), [
    { problem: 'Note', field: 'spec.tls.redirect_cleartext_from' },
    { problem: 'Note', field: 'spec.tls.sni' },
  ]);
});
