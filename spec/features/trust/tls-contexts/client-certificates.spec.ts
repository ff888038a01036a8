import test from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { statusFor, type TlsClient } from '../../../_support/tls/tls-client.ts';
import { anAuthority, type Signed } from '../../../_support/world/an-authority.ts';
import { host, listener, mapping, tlsSecret } from '../../../_support/world/routing-manifests.ts';
import { opaqueSecret, tlsContext } from '../../../_support/tls/tls-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const server = known.sign({ names: ['*.example', '*.wide.example'] });
const revoked = known.sign({ names: ['revoked.example'] });
const again = known.sign({ names: ['again.example'] });

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
  ['lenient.example', 'tlsContext: { name: lenient }', ['nobody', 'right']],
  ['by-secret.example', 'tls: { ca_secret: ca-requiring }', ['revoked', 'right']],
  // Of a Secret with a key that is for signing certificates alone.
  ['signing.example', 'tls: { ca_secret: signing, cert_required: true }', ['revoked', 'right']],
  ['*.wide.example', 'tlsContext: { name: strict }', ['right']],
  // Of what is missing nobody is let in, nor where nothing says whom to trust.
  ['no-ca.example', 'tls: { ca_secret: nowhere, cert_required: true }', []],
  ['no-crl.example', 'tls: { ca_secret: ca, crl_secret: nowhere }', []],
  ['any.example', 'tls: { cert_required: true }', []],
  ['crl-alone.example', 'tls: { crl_secret: crl }', []],
  ['no-list.example', 'tls: { ca_secret: ca, crl_secret: ca }', []],
  ['file.example', 'tls: { cacert_chain_file: /etc/ca.crt }', []],
  ['no-context.example', 'tlsContext: { name: nowhere }', []],
  ['foreign.example', 'tlsContext: { name: not-ours }', []],
];

const backend = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  ({ http, https }) =>
    listener('http', http) +
    listener('https', https, { protocol: 'HTTPS' }) +
    tlsSecret('server', server) +
    hosts
      .map(([name, settings]) => host(name, `tlsSecret: { name: server }, ${settings}`))
      .join('') +
    tlsContext('strict', 'ca_secret: ca, crl_secret: crl, cert_required: true') +
    tlsContext('called.example-context', 'ca_secret: ca, crl_secret: crl, cert_required: true') +
    tlsContext('lenient', 'ca_secret: ca, crl_secret: crl, cert_required: false') +
    tlsContext('not-ours', 'ca_secret: ca, ambassador_id: [other]') +
    tlsSecret('signing', known) +
    opaqueSecret('ca-requiring', { 'tls.crt': known.certificate, cert_required: 'true' }) +
    mapping('all', backend.port, 'prefix: /'),
);
const listOf = (...certificates: readonly string[]): string =>
  opaqueSecret('crl', { 'crl.pem': known.revoke(...certificates) });
const authority = (certificate: string): string => opaqueSecret('ca', { 'tls.crt': certificate });
await gateway.apply('crl.yaml', listOf(revoked.certificate));
await gateway.apply('ca.yaml', authority(known.certificate));
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close()]);
});

/** The clients that are let in at a name. */
const letInAt = async (
  name: string,
  more: Partial<TlsClient> = {},
  asked: typeof clients = clients,
): Promise<readonly string[]> => {
  const servername = name.replace('*', 'in');
  const found: string[] = [];
  for (const [client, shown] of Object.entries(asked)) {
    const status = await statusFor({ port: gateway.ports.https, servername, shown, ...more });
    if (status === '200') found.push(client);
    else if (status !== 'nothing') found.push(`${client}: ${status}`);
  }
  return found.sort();
};

for (const protocol of ['http1', 'http2'] as const)
  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    test.serial(`a client is let in by its certificate: ${protocol}, ${maxVersion}`, async (t) => {
      for (const [name, , letIn] of hosts)
        t.deepEqual(await letInAt(name, { protocol, maxVersion }), letIn, name);
    });

test.serial('who is let in at one name reaches no other name', async (t) => {
  const { right: shown } = clients;
  const { port } = { port: gateway.ports.https };
  for (const protocol of ['http1', 'http2'] as const)
    for (const [from, to] of [
      ['open.example', 'own.example'],
      ['open.example', 'no-ca.example'],
      ['optional.example', 'named.example'],
      ['named.example', 'open.example'],
      ['in.wide.example', 'own.example'],
      ['open.example', 'in.wide.example'],
    ] as const) {
      const asked = { port, servername: from, host: to, shown, protocol };
      t.is(await statusFor(asked), '421', `${protocol}: ${from} → ${to}`);
    }
});

test.serial('each fault is told where it is', async (t) => {
  for (const [object, expected] of [
    ['Host default/no-ca.example', { problem: 'NotFound', field: 'spec.tls.ca_secret' }],
    ['Host default/no-crl.example', { problem: 'NotFound', field: 'spec.tls.crl_secret' }],
    ['Host default/any.example', { problem: 'InvalidField', field: 'spec.tls.cert_required' }],
    ['Host default/crl-alone.example', { problem: 'InvalidField', field: 'spec.tls.crl_secret' }],
    ['Host default/no-list.example', { problem: 'InvalidCertificate' }],
    ['Host default/file.example', { problem: 'InvalidField', field: 'spec.tls.cacert_chain_file' }],
    ['Host default/no-context.example', { problem: 'NotFound', field: 'spec.tlsContext' }],
    ['Host default/foreign.example', { problem: 'NotFound', field: 'spec.tlsContext' }],
  ] as const)
    t.like(await gateway.problems(object), [expected], object);
});

test.serial('a certificate that is revoked lets nobody in from then on', async (t) => {
  const asked = { ...clients, again };
  const at = async (name: string) => await letInAt(name, {}, asked);
  t.deepEqual(await at('named.example'), ['again', 'right']);
  await gateway.apply('crl.yaml', listOf(revoked.certificate, again.certificate));
  for (const name of ['named.example', 'called.example', '*.wide.example'])
    t.deepEqual(await at(name), ['right'], name);
  t.deepEqual(await at('own.example'), ['again', 'revoked', 'right']);
  await gateway.remove('crl.yaml');
  for (const name of ['named.example', 'lenient.example']) t.deepEqual(await at(name), [], name);
  t.like(await gateway.problems('TLSContext default/strict'), [
    { problem: 'NotFound', field: 'spec.crl_secret' },
  ]);
  await gateway.apply('crl.yaml', listOf(revoked.certificate));
  t.deepEqual(await at('named.example'), ['again', 'right']);
});

test.serial(
  'a list of revocations that has expired lets nobody in, and is told until it is replaced',
  async (t) => {
    const secret = 'Secret default/crl';
    await gateway.apply('crl.yaml', opaqueSecret('crl', { 'crl.pem': known.listUntil(-30) }));
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      t.deepEqual(await letInAt('named.example', { maxVersion }), []);
      t.deepEqual(await letInAt('lenient.example', { maxVersion }), ['nobody']);
    }
    t.like(await gateway.problems(secret), [
      { problem: 'UnfitCertificate', field: 'data.crl.pem' },
    ]);
    await gateway.apply('crl.yaml', opaqueSecret('crl', { 'crl.pem': known.listUntil(3600) }));
    t.like(await gateway.problems(secret), [{ problem: 'Note', field: 'data.crl.pem' }]);
    t.deepEqual(await letInAt('named.example'), ['revoked', 'right']);
    await gateway.apply('crl.yaml', listOf(revoked.certificate));
    t.deepEqual(await letInAt('named.example'), ['right']);
    t.deepEqual(await gateway.problems(secret), []);
  },
);

test.serial('with another authority other clients are let in, and without it nobody', async (t) => {
  await gateway.apply('ca.yaml', authority(other.certificate));
  t.deepEqual(await letInAt('own.example'), ['stranger']);
  t.deepEqual(await letInAt('optional.example'), ['nobody', 'stranger']);
  await gateway.remove('ca.yaml');
  for (const [name] of hosts.filter(([, settings]) => /: ca\b[^-]/.test(settings)))
    t.deepEqual(await letInAt(name), [], name);
  await gateway.apply('ca.yaml', authority(known.certificate));
  t.deepEqual(await letInAt('own.example'), ['revoked', 'right']);
});
