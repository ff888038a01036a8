import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { http3Client } from '../../../_support/http3/http3-client.ts';
import { opaqueSecret, tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority, type Signed } from '../../../_support/world/an-authority.ts';
import {
  host,
  http3Listener,
  listener,
  mapping,
  moduleOf,
  tlsSecret,
} from '../../../_support/world/routing-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const server = known.sign({ names: ['*.example', '*.wide.example'] });
const revoked = known.sign({ names: ['revoked.example'] });

/** The clients, by what they show. */
const clients: Readonly<Record<string, Signed | undefined>> = {
  nobody: undefined,
  right: known.sign({ names: ['right.example'] }),
  stranger: other.sign({ names: ['right.example'] }),
  expired: known.sign({ names: ['expired.example'], lasts: -30 }),
  revoked,
};

/** Names with the settings of their Hosts, and the clients that these let in. */
const hosts: readonly (readonly [name: string, settings: string, letIn: readonly string[]])[] = [
  ['open.example', '', ['expired', 'nobody', 'revoked', 'right', 'stranger']],
  ['own.example', 'tls: { ca_secret: ca, cert_required: true }', ['revoked', 'right']],
  ['optional.example', 'tls: { ca_secret: ca }', ['nobody', 'revoked', 'right']],
  ['named.example', 'tlsContext: { name: strict }', ['right']],
  ['called.example', '', ['right']],
  ['by-secret.example', 'tls: { ca_secret: ca-requiring }', ['revoked', 'right']],
  ['*.wide.example', 'tlsContext: { name: strict }', ['right']],
  // What is spoken besides is said by the Listener, whatever is offered over TCP.
  [
    'offers.example',
    "tls: { alpn_protocols: 'h2,http/1.1' }",
    ['expired', 'nobody', 'revoked', 'right', 'stranger'],
  ],
  // Of what is missing nobody is let in, nor where nothing says whom to trust.
  ['no-ca.example', 'tls: { ca_secret: nowhere, cert_required: true }', []],
  ['no-crl.example', 'tls: { ca_secret: ca, crl_secret: nowhere }', []],
  ['any.example', 'tls: { cert_required: true }', []],
  ['no-list.example', 'tls: { ca_secret: ca, crl_secret: ca }', []],
  ['no-context.example', 'tlsContext: { name: nowhere }', []],
  // QUIC is TLS 1.3.
  ['older.example', 'tls: { max_tls_version: v1.2 }', []],
  // Envoy would agree on other curves.
  ['curves.example', 'tls: { ecdh_curves: [P-384] }', []],
  ['older.wide.example', 'tls: { max_tls_version: v1.2 }', []],
];

const backend = await startBackend({ name: 'a', port: 0 });
const [client, gateway] = await Promise.all([
  http3Client(),
  aGateway(
    ({ https }) =>
      listener('https', https, { protocol: 'HTTPS' }) +
      http3Listener('http3', https) +
      tlsSecret('server', server) +
      hosts
        .map(([name, settings]) => host(name, `tlsSecret: { name: server }, ${settings}`))
        .join('') +
      tlsContext('strict', 'ca_secret: ca, crl_secret: crl, cert_required: true') +
      tlsContext('called.example-context', 'ca_secret: ca, crl_secret: crl, cert_required: true') +
      opaqueSecret('ca-requiring', { 'tls.crt': known.certificate, cert_required: 'true' }) +
      opaqueSecret('crl', { 'crl.pem': known.revoke(revoked.certificate) }) +
      mapping('all', backend.port, 'prefix: /'),
  ),
]);
const authority = (certificate: string): string => opaqueSecret('ca', { 'tls.crt': certificate });
await gateway.apply('ca.yaml', authority(known.certificate));
test.after.always(async () => {
  client.stop();
  await Promise.all([gateway.stop(), backend.close()]);
});
const port = gateway.ports.https;

/** What clients are answered with at a name: a status, or nothing. */
const statuses = async (servername: string, host = servername, asked = clients) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(asked).map(async ([name, shown]) => {
        const { status } = await client.ask({
          ...{ port, servername, host },
          ...(shown !== undefined && { shown }),
        });
        return [name, status] as const;
      }),
    ),
  );

const letInAt = async (name: string): Promise<readonly string[]> =>
  Object.entries(await statuses(name.replace('*', 'in')))
    .filter(([, status]) => status === 200)
    .map(([one]) => one)
    .sort();

for (const [name, settings, letIn] of hosts)
  test.serial(
    `over HTTP/3 ${name} lets in ${letIn.join(', ') || 'nobody'}: ${settings}`,
    async (t) => {
      t.deepEqual(await letInAt(name), letIn);
    },
  );

test.serial(
  'a Host that allows no TLS 1.3 says that it is not served, and nobody is told that it is',
  async (t) => {
    for (const name of ['older', 'curves', 'older.wide'])
      t.like(await gateway.problems(`Host default/${name}.example`), [
        { problem: 'LeftOut', field: 'spec.tls' },
      ]);
    const { status, headers } = await gateway.ask({ sni: 'older.example' });
    t.is(status, 200);
    t.is(headers['alt-svc'], undefined);
    t.is((await gateway.ask({ sni: 'open.example' })).headers['alt-svc'], 'h3=":443"; ma=86400');
  },
);

test.serial('a connection for a wider name does not do for a Host that refuses them', async (t) => {
  const { right } = clients;
  t.deepEqual(await statuses('in.wide.example', 'older.wide.example', { right }), { right: 421 });
  t.deepEqual(await statuses('older.wide.example', 'older.wide.example', { right }), {
    right: 421,
  });
  t.deepEqual(await statuses('open.example', 'own.example', { right }), { right: 421 });
});

test.serial('who has shown a certificate shows it again with each connection', async (t) => {
  const { right } = clients;
  const ask = async () =>
    await client.ask({
      ...{ port, servername: 'own.example', session: 'own' },
      ...(right && { shown: right }),
    });
  for (const _ of [1, 2]) t.like(await ask(), { status: 200, resumed: undefined });
});

test.serial('services are told of the certificate as over TCP', async (t) => {
  await gateway.apply(
    'module.yaml',
    moduleOf(
      'forward_client_cert_details: SANITIZE_SET, set_current_client_cert_details: { dns: true }',
    ),
  );
  const { right } = clients;
  const { body } = await client.ask({
    ...{
      port,
      servername: 'own.example',
      headers: { 'x-forwarded-client-cert': 'DNS=forged.example' },
    },
    ...(right && { shown: right }),
  });
  const { headers } = JSON.parse(body) as { readonly headers: Readonly<Record<string, string>> };
  t.regex(headers['x-forwarded-client-cert'] ?? '', /^Hash=[0-9a-f]{64};DNS=right.example$/);
  await gateway.remove('module.yaml');
});

test.serial('other authorities count for the next connection', async (t) => {
  await gateway.apply('ca.yaml', authority(other.certificate));
  t.deepEqual(await letInAt('own.example'), ['stranger']);
  await gateway.remove('ca.yaml');
  t.deepEqual(await letInAt('own.example'), []);
  await gateway.apply('ca.yaml', authority(known.certificate));
  t.deepEqual(await letInAt('own.example'), ['revoked', 'right']);
});
