import { createServer, type Socket } from 'node:net';

import test from 'ava';

import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { listening } from '../../../_support/envoy/a-server.ts';
import { startNotingBackend } from '../../../_support/envoy/noting-backend.ts';
import { startSecureBackend, type SeenConnection } from '../../../_support/envoy/secure-backend.ts';
import { opaqueSecret, tlsContext } from '../../../_support/tls/tls-manifests.ts';
import { anAuthority } from '../../../_support/world/an-authority.ts';
import { mapping, openHost, tlsSecret } from '../../../_support/world/routing-manifests.ts';

const [known, other] = [anAuthority('known'), anAuthority('other')];
const server = known.sign({ names: ['shop.example'], key: 'rsa' });
const client = known.sign({ names: ['gateway.example'] });

/** Counts what comes out of connections to it, whatever it is, and answers nothing. */
const startMute = async () => {
  let bytes = 0;
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => {
    sockets.add(socket);
    socket.on('data', (data) => (bytes += data.length));
    socket.on('error', () => undefined);
  });
  return { ...(await listening(mute)), received: () => bytes };
};

const [backend, noting, mute] = [
  await startSecureBackend(server),
  await startNotingBackend(server),
  await startMute(),
];
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    opaqueSecret('ca', { 'tls.crt': known.certificate }) +
    opaqueSecret('other-ca', { 'tls.crt': other.certificate }) +
    opaqueSecret('crl', { 'crl.pem': known.revoke(server.certificate) }) +
    opaqueSecret('old-crl', { 'crl.pem': known.revoke(client.certificate) }) +
    tlsSecret('client', client) +
    tlsContext('bare', 'alpn_protocols: http/1.1') +
    tlsContext('named', 'sni: shop.example') +
    tlsContext('verifying', 'ca_secret: ca') +
    tlsContext('unrevoked', 'ca_secret: ca, crl_secret: old-crl') +
    tlsContext('showing', 'secret: client, ca_secret: ca') +
    tlsContext('old', 'max_tls_version: v1.2, cipher_suites: [ECDHE-RSA-AES128-GCM-SHA256]') +
    tlsContext('new', 'min_tls_version: v1.3, max_tls_version: v1.3') +
    tlsContext('curves', 'ecdh_curves: [P-256]') +
    tlsContext('strangers', 'ca_secret: other-ca') +
    tlsContext('revoked', 'ca_secret: ca, crl_secret: crl') +
    tlsContext('no-client', 'secret: nowhere') +
    tlsContext('no-ca', 'ca_secret: nowhere') +
    tlsContext('file', 'cacert_chain_file: /etc/ca.crt') +
    tlsContext('not-ours', 'ca_secret: ca, ambassador_id: [other]'),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close(), noting.close(), mute.close()]);
});

/** What a service sees of the connection of a Mapping with this `tls`; the status, where it is not reached. */
const seenWith = async (tls: string, fields = ''): Promise<SeenConnection | number> => {
  await gateway.apply('a.yaml', mapping('a', backend.port, `prefix: /a/, tls: ${tls}${fields}`));
  const { status, body } = await gateway.ask({ path: '/a/' });
  return status === 200 ? (JSON.parse(body) as SeenConnection) : status;
};

test.serial('a service is reached with the settings of a TLSContext', async (t) => {
  t.like(await seenWith('bare'), { serverName: 'false', http: '1.1', tls: 'TLSv1.2' });
  t.like(await seenWith('named'), { serverName: 'shop.example' });
  t.like(await seenWith('named', ', host_rewrite: x.example, connect_timeout_ms: 2000'), {
    serverName: 'shop.example',
  });
  t.like(await seenWith('verifying', ', host_rewrite: x.example'), { serverName: 'x.example' });
  t.like(await seenWith('verifying', ', grpc: true'), { http: '2.0' });
  t.like(await seenWith('old'), { tls: 'TLSv1.2', cipher: 'ECDHE-RSA-AES128-GCM-SHA256' });
  t.like(await seenWith('new'), { tls: 'TLSv1.3' });
  t.like(await seenWith('curves'), { http: '1.1' });
  t.like(await seenWith('unrevoked'), { http: '1.1' });
});

test.serial('it is shown the certificate of a TLSContext, and no other one', async (t) => {
  t.like(await seenWith('showing'), { client: 'DNS:gateway.example' });
  const { client: shown } = (await seenWith('verifying')) as SeenConnection;
  t.is(shown, undefined);
});

for (const tls of ['strangers', 'revoked', 'no-client', 'no-ca', 'file', 'not-ours', 'nowhere'])
  test.serial(`nothing is answered by a service with tls: ${tls}`, async (t) => {
    t.is(await seenWith(tls), 503);
  });

test.serial(
  'a service whose certificate is wrong gets no request, and no copy of one',
  async (t) => {
    for (const tls of ['strangers', 'revoked'])
      for (const more of ['', ', shadow: true']) {
        await gateway.apply('a.yaml', mapping('a', noting.port, `prefix: /a/, tls: ${tls}${more}`));
        await gateway.ask({ path: '/a/' });
        t.deepEqual(noting.reached(), [], tls + more);
      }
    await gateway.apply('a.yaml', mapping('a', noting.port, 'prefix: /a/, tls: verifying'));
    t.is((await gateway.ask({ path: '/a/' })).status, 200);
    t.is(noting.reached().length, 1);
  },
);

test.serial('where a TLSContext cannot be used, a service gets not one byte', async (t) => {
  for (const tls of ['no-client', 'no-ca', 'file', 'not-ours', 'nowhere']) {
    await gateway.apply('a.yaml', mapping('a', mute.port, `prefix: /a/, tls: ${tls}`));
    t.is((await gateway.ask({ path: '/a/' })).status, 503, tls);
  }
  t.is(mute.received(), 0);
});

test.serial('a Secret that comes or changes counts at once', async (t) => {
  t.is(await seenWith('no-ca'), 503);
  await gateway.apply('ca.yaml', opaqueSecret('nowhere', { 'ca.crt': known.certificate }));
  t.is((await gateway.ask({ path: '/a/' })).status, 200);
  await gateway.apply('ca.yaml', opaqueSecret('nowhere', { 'ca.crt': other.certificate }));
  t.is((await gateway.ask({ path: '/a/' })).status, 503);
  await gateway.apply('ca.yaml', opaqueSecret('nowhere', { 'ca.crt': known.certificate }));
  t.is((await gateway.ask({ path: '/a/' })).status, 200);
  await gateway.remove('ca.yaml');
  t.is((await gateway.ask({ path: '/a/' })).status, 503);
});
