import { once } from 'node:events';
import type { TLSSocket } from 'node:tls';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { sayOverTls, startRepeater } from '../../_support/envoy/connections.ts';
import { tlsConnection, type TlsClient } from '../../_support/tls/tls-client.ts';
import { opaqueSecret, tlsContext } from '../../_support/tls/tls-manifests.ts';
import { anAuthority, type Signed } from '../../_support/world/an-authority.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { host, tcpMapping, tlsSecret } from '../../_support/world/routing-manifests.ts';

const [a, b] = [await startRepeater('a'), await startRepeater('b')];
const one = await aCertificate('one.example');
const wide = await aCertificate('*.wide.example');
const clients = anAuthority('clients');
const gateway = await aGateway(
  () =>
    tlsSecret('one', one) +
    tlsSecret('wide', wide) +
    opaqueSecret('clients', { 'tls.crt': clients.certificate }),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const { https, other } = gateway.ports;

/** What a story adds, in place of what the one before it added. */
const serve = async (manifests: string): Promise<void> =>
  await gateway.apply('story.yaml', manifests);

/** What is answered to a client that takes this certificate alone. */
const asked = async (
  servername: string,
  ca: { readonly certificate: string },
  shown?: Signed,
  port = https,
): Promise<string> =>
  await sayOverTls(port, 'hello', {
    ...{ servername, ca: ca.certificate, rejectUnauthorized: true },
    ...(shown !== undefined && { cert: shown.certificate, key: shown.privateKey }),
  }).catch(() => 'nothing');

const protocolOf = async (client: TlsClient): Promise<TLSSocket['alpnProtocol']> => {
  const socket = tlsConnection(client);
  await once(socket, 'secureConnect');
  socket.destroy();
  return socket.alpnProtocol;
};

test.serial(
  'a TLSContext gives its certificate to a name in its hosts, without any Host',
  async (t) => {
    await serve(
      tlsContext('one', 'hosts: [one.example], secret: one') +
        tcpMapping('a', a.port, `port: ${https}, host: one.example`),
    );
    t.is(await asked('one.example', one), 'a: hello');
    t.is(await asked('x.one.example', one), 'nothing');
    t.deepEqual(await gateway.problems('TCPMapping default/a'), []);
  },
);

test.serial('with all that it says: certificates of clients, versions, protocols', async (t) => {
  const settings =
    'ca_secret: clients, cert_required: true, max_tls_version: v1.2, alpn_protocols: postgresql';
  await serve(
    tlsContext('one', `hosts: [one.example], secret: one, ${settings}`) +
      tcpMapping('a', a.port, `port: ${https}, host: one.example`),
  );
  t.is(await asked('one.example', one, clients.sign({ names: ['me'] })), 'a: hello');
  t.is(await asked('one.example', one, anAuthority('others').sign({ names: ['me'] })), 'nothing');
  t.is(await asked('one.example', one), 'nothing');
  const client = {
    ...{ port: https, servername: 'one.example', shown: clients.sign({ names: ['me'] }) },
    ALPNProtocols: ['h2', 'postgresql'],
  };
  t.is(await protocolOf(client), 'postgresql');
  await t.throwsAsync(async () => await protocolOf({ ...client, minVersion: 'TLSv1.3' }));
});

test.serial('a Host with the name comes first, be it wider', async (t) => {
  const context = tlsContext('own', 'hosts: [x.wide.example], secret: one');
  const both = tcpMapping('a', a.port, `port: ${https}, host: x.wide.example`);
  await serve(context + both);
  t.is(await asked('x.wide.example', wide), 'nothing', 'it is the certificate of one.example');
  const [unfit] = await gateway.problems('TCPMapping default/a');
  t.regex(unfit?.message ?? '', /the certificate of Secret default\/one is for one\.example/);
  await serve(context + host('*.wide.example', 'tlsSecret: { name: wide }') + both);
  t.is(await asked('x.wide.example', wide), 'a: hello');
});

test.serial('one that cannot be obeyed lets nobody in, and says why', async (t) => {
  await serve(
    tlsContext('one', 'hosts: [one.example], secret: one, ca_secret: nowhere') +
      tcpMapping('a', a.port, `port: ${https}, host: one.example`),
  );
  t.is(await asked('one.example', one), 'nothing');
  const [told] = await gateway.problems('TCPMapping default/a');
  t.regex(told?.message ?? '', /handshakes are refused, because TLSContext default\/one/);
});

test.serial('a Host that serves TCPMappings alone is told nothing', async (t) => {
  await serve(
    host('one.example', 'tlsSecret: { name: one }') +
      tcpMapping('a', a.port, `port: ${https}, host: one.example`),
  );
  t.is(await asked('one.example', one), 'a: hello');
  t.deepEqual(await gateway.problems('Host default/one.example'), []);
  await serve(host('one.example', 'tlsSecret: { name: one }'));
  const [told] = await gateway.problems('Host default/one.example');
  t.regex(told?.message ?? '', /no Listener takes this Host/);
});

test.serial('a wildcard is for all names inside of it that have none of their own', async (t) => {
  await serve(
    host('*.wide.example', 'tlsSecret: { name: wide }') +
      tcpMapping('wide', a.port, `port: ${https}, host: '*.wide.example'`) +
      tcpMapping('own', b.port, `port: ${https}, host: own.wide.example`) +
      tlsContext('any', `hosts: ['*.wide.example'], secret: wide`) +
      tcpMapping('any', b.port, `port: ${other}, host: '*'`),
  );
  t.is(await asked('x.wide.example', wide), 'a: hello');
  t.is(await asked('own.wide.example', wide), 'b: hello');
  t.is(await asked('wide.example', wide), 'nothing');
  t.is(await asked('one.example', one), 'nothing');
  t.is(
    await asked('x.wide.example', wide, undefined, other),
    'nothing',
    'no Host is for all names',
  );
});

test.serial('with a TLSContext that lists the wildcard itself', async (t) => {
  await serve(
    tlsContext('wide', `hosts: ['*.wide.example'], secret: wide`) +
      tcpMapping('wide', a.port, `port: ${https}, host: '*.wide.example'`) +
      tcpMapping('own', b.port, `port: ${https}, host: own.wide.example`),
  );
  t.is(await asked('x.wide.example', wide), 'a: hello');
  t.is(await asked('own.wide.example', wide), 'nothing', 'only this very name counts');
});

test.serial('`*` is for every name that is asked for, and for none', async (t) => {
  await serve(
    host('*', 'tlsSecret: { name: wide }') + tcpMapping('all', a.port, `port: ${https}, host: '*'`),
  );
  t.is(await asked('x.wide.example', wide), 'a: hello');
  t.is(await sayOverTls(https, 'hello', {}), 'a: hello');
});
