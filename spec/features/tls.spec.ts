import { connect } from 'node:http2';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';

import test from 'ava';

import { listening } from '../_support/envoy/a-server.ts';
import { aTlsGateway } from '../_support/envoy/a-tls-gateway.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { host, mapping } from '../_support/world/routing-manifests.ts';

const gateway = await aTlsGateway();
test.after.always(gateway.stop);

/** Those of a Host, whose certificate is for other names here. */
const problems = async (object: string) =>
  (await gateway.problems(object)).filter(({ problem }) => problem !== 'UnfitCertificate');

test('each Host serves its own certificate', async (t) => {
  const exact = await gateway.ask({ sni: 'one.example' });
  t.is(exact.status, 200);
  t.is(exact.certificate, 'DNS:one.example');
  t.is(exact.said.headers['x-forwarded-proto'], 'https');

  const wildcard = await gateway.ask({ sni: 'any.wide.example' });
  t.is(wildcard.status, 200);
  t.is(wildcard.certificate, 'DNS:*.wide.example');
});

test('a name that no Host has gets no handshake', async (t) => {
  await t.throwsAsync(gateway.ask({ sni: 'unknown.example' }));
  await t.throwsAsync(gateway.ask({ sni: '', host: 'one.example' }));
  await t.throwsAsync(gateway.ask({ sni: 'wide.example' }));
});

test('a request for another Host than that of the connection is misdirected', async (t) => {
  for (const host of ['any.wide.example', 'unknown.example'])
    t.is((await gateway.ask({ sni: 'one.example', host })).status, 421, host);
  t.is((await gateway.ask({ sni: 'any.wide.example', host: 'one.example' })).status, 421);
  t.is((await gateway.ask({ sni: 'any.wide.example', host: 'other.wide.example' })).status, 200);
});

test('in cleartext a Host with a certificate sends to https', async (t) => {
  const { status, headers } = await gateway.ask({ host: 'one.example', path: '/x?q=1' });
  t.is(status, 301);
  t.is(headers.location, 'https://one.example/x?q=1');
});

test('cleartext on the TLS port is sent to https as well', async (t) => {
  const { status } = await gateway.ask({ port: gateway.ports.https, host: 'one.example' });
  t.is(status, 301);
});

test('HTTP/2 is agreed on over TLS', async (t) => {
  const client = connect(`https://127.0.0.1:${gateway.ports.https}`, {
    servername: 'one.example',
    rejectUnauthorized: false,
  });
  t.teardown(() => client.destroy());
  await once(client, 'connect');
  t.is(client.alpnProtocol, 'h2');
  const stream = client.request({ ':authority': 'one.example', ':path': '/' });
  const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
  t.is(headers[':status'], 200);
});

test('a service with https:// is spoken to over TLS, with its name as SNI', async (t) => {
  const one = await aCertificate('one.example');
  const server = createServer(
    { cert: one.certificate, key: one.privateKey },
    ({ socket, headers }, response) => {
      const { servername } = socket as TLSSocket & { readonly servername: string | false };
      response.end(`${servername} ${headers.host}`);
    },
  );
  const { port, close } = await listening(server);
  t.teardown(close);
  await gateway.apply(
    'origination.yaml',
    mapping('to-name', `https://localhost:${port}`, 'prefix: /to-name/') +
      mapping('to-tls', `localhost:${port}`, 'prefix: /to-tls/, tls: "true"') +
      mapping(
        'to-other',
        `https://127.0.0.1:${port}`,
        'prefix: /to-other/, host_rewrite: other.example',
      ),
  );
  const ask = async (path: string) => (await gateway.ask({ sni: 'one.example', path })).body;
  t.is(await ask('/to-name/'), 'localhost one.example');
  t.is(await ask('/to-tls/'), 'localhost one.example');
  t.is(await ask('/to-other/'), 'other.example other.example');
});

test('a Host is refused whose TLSContext cannot be used, as long as that is there', async (t) => {
  const named = host('adopted.example', 'tlsSecret: { name: one }');
  const context = (name: string) => `
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: { name: ${name} }
spec: { ca_secret: clients, cert_required: true }
`;
  await gateway.apply('adopted.yaml', named + context('adopted.example-context'));
  await t.throwsAsync(gateway.ask({ sni: 'adopted.example' }));
  t.like(await problems('Host default/adopted.example'), [{ problem: 'InvalidCertificate' }]);
  t.like(await problems('TLSContext default/adopted.example-context'), [{ problem: 'NotFound' }]);
  t.is((await gateway.ask({ sni: 'one.example' })).status, 200);
  await gateway.apply('adopted.yaml', named + context('other-context'));
  t.is((await gateway.ask({ sni: 'adopted.example' })).certificate, 'DNS:one.example');
});

test('so is one whose TLSContext cannot be read, unless that is for another installation', async (t) => {
  const named = host('unread.example', 'tlsSecret: { name: one }');
  const context = (fields: string) => `
---
apiVersion: getambassador.io/v3alpha1
kind: TLSContext
metadata: { name: unread.example-context, uid: a }
spec: { cert_required: 'yes', ${fields} }
`;
  for (const fields of [
    'ca_secret: clients',
    'ambassador_id: [theirs, default]',
    'ambassador_id: 7',
  ]) {
    await gateway.apply('unread.yaml', named + context(fields));
    await t.throwsAsync(gateway.ask({ sni: 'unread.example' }), undefined, fields);
    t.like(await problems('Host default/unread.example'), [{ problem: 'InvalidCertificate' }]);
  }
  await gateway.apply('unread.yaml', named + context('ambassador_id: [theirs]'));
  t.is((await gateway.ask({ sni: 'unread.example' })).certificate, 'DNS:one.example');
});

test('of two Hosts with one name and two certificates the first by name counts', async (t) => {
  await gateway.apply(
    'twice.yaml',
    host('twice.example', 'tlsSecret: { name: one }', 'name: twice-a') +
      host('twice.example', 'tlsSecret: { name: wide }', 'name: twice-b'),
  );
  t.is((await gateway.ask({ sni: 'twice.example' })).certificate, 'DNS:one.example');
  t.deepEqual(await problems('Host default/twice-a'), []);
  t.like(await problems('Host default/twice-b'), [{ problem: 'Conflict' }]);
});
