import { once } from 'node:events';
import { connect } from 'node:http2';

import test from 'ava';

import { aTlsGateway } from '../_support/envoy/a-tls-gateway.ts';
import { clientHello, sent } from '../_support/envoy/client-hello.ts';
import { aCertificate } from '../_support/world/certificates.ts';
import { host, tlsSecret } from '../_support/world/routing-manifests.ts';

const gateway = await aTlsGateway('on-demand');
test.after.always(gateway.stop);

test.serial('the first client that names a server is given its certificate', async (t) => {
  const answer = await gateway.ask({ sni: 'one.example' });
  t.is(answer.status, 200);
  t.is(answer.certificate, 'DNS:one.example');
  t.is(answer.said.headers['x-forwarded-proto'], 'https');
});

test.serial('every name in a pattern is given the certificate of the pattern', async (t) => {
  for (const sni of ['a.wide.example', 'b.c.wide.example', 'A.Wide.Example'])
    t.is((await gateway.ask({ sni })).certificate, 'DNS:*.wide.example', sni);
});

test.serial('a name that no Host has gets no handshake, and is not waited for', async (t) => {
  for (const sni of ['unknown.example', 'wide.example', '', '*', 'default/one', 'ä.example'])
    await t.throwsAsync(gateway.ask({ sni, host: 'one.example' }), undefined, sni);
  const stats = await gateway.envoy.stats('downstream_cx_transport_socket_connect_timeout');
  t.true(stats.size > 0);
  t.is(Math.max(...stats.values()), 0, 'no handshake was given up for lack of a certificate');
});

test.serial('a server name that is not text reaches nobody', async (t) => {
  const names = [
    Buffer.alloc(16, 0xff),
    ...[
      [0xff, 0xfe, 0xc0, 0x41],
      [0x61, 0xc3],
      [0xed, 0xa0, 0x80],
      [0x61, 0x20, 0x62, 0x0a],
    ].map((bytes) => Buffer.concat([Buffer.from(bytes), Buffer.from('.wide.example')])),
  ];
  const [before] = await gateway.debug<readonly { readonly stream: number }[]>('streams');
  const clients = await Promise.all(
    names.map(async (name) => await sent(gateway.ports.https, await clientHello(name))),
  );
  t.is((await gateway.ask({ sni: 'text.wide.example' })).status, 200);
  for (const [i, client] of clients.entries())
    t.is(client.received(), 0, names[i]?.toString('hex'));
  for (const { end } of clients) end();
  const [after] = await gateway.debug<readonly { readonly stream: number }[]>('streams');
  t.is(after?.stream, before?.stream);
  const active = await gateway.envoy.stats('on_demand_secret.cert_active');
  t.deepEqual([...active.values()], [5]);
});

test.serial('a request for another Host than that of the connection is misdirected', async (t) => {
  const ask = async (sni: string, name: string): Promise<number> =>
    (await gateway.ask({ sni, host: name })).status;
  t.is(await ask('one.example', 'a.wide.example'), 421);
  t.is(await ask('a.wide.example', 'one.example'), 421);
  t.is(await ask('one.example', 'unknown.example'), 421);
  t.is(await ask('a.wide.example', 'b.wide.example'), 200);
  t.is(await ask('ONE.example', 'One.Example:443'), 200);
});

test.serial('over HTTP/2 a client that shares a connection is told to use another', async (t) => {
  const client = connect(`https://127.0.0.1:${gateway.ports.https}`, {
    servername: 'one.example',
    rejectUnauthorized: false,
  });
  t.teardown(() => client.destroy());
  const status = async (authority: string): Promise<unknown> => {
    const stream = client.request({ ':authority': authority, ':path': '/' });
    const [headers] = (await once(stream, 'response')) as [Record<string, unknown>];
    return headers[':status'];
  };
  t.is(await status('one.example'), 200);
  t.is(await status('a.wide.example'), 421);
  t.is(await status('one.example'), 200);
  t.is(client.alpnProtocol, 'h2');
});

test.serial('nobody but Envoy says what the server name is, and no service is told', async (t) => {
  const headers = { 'x-headgate-sni': 'one.example' };
  t.is((await gateway.ask({ sni: 'a.wide.example', host: 'one.example', headers })).status, 421);
  const { status, said } = await gateway.ask({
    sni: 'one.example',
    headers: { 'X-Headgate-Sni': 'x' },
  });
  t.is(status, 200);
  t.is(said.headers['x-headgate-sni'], undefined);
});

test.serial('cleartext is what it was', async (t) => {
  const { status, headers } = await gateway.ask({ host: 'one.example', path: '/x?q=1' });
  t.is(status, 301);
  t.is(headers.location, 'https://one.example/x?q=1');
  const port = gateway.ports.https;
  t.is((await gateway.ask({ port, host: 'one.example' })).status, 301);
});

test.serial('a TLS Host more is no matter of listeners', async (t) => {
  const { Listener: before } = await gateway.pushes();
  const two = await aCertificate('two.example');
  await gateway.apply(
    'two.yaml',
    tlsSecret('two', two) + host('two.example', 'tlsSecret: { name: two }'),
  );
  t.is((await gateway.ask({ sni: 'two.example' })).certificate, 'DNS:two.example');
  await gateway.remove('two.yaml');
  await t.throwsAsync(gateway.ask({ sni: 'two.example' }));
  t.is((await gateway.pushes())['Listener'], before);
});

test.serial('a Secret with another certificate is another certificate', async (t) => {
  const first = await aCertificate('moving.example');
  const manifests = host('moving.example', 'tlsSecret: { name: moving }');
  await gateway.apply('moving.yaml', manifests + tlsSecret('moving', first));
  t.is((await gateway.ask({ sni: 'moving.example' })).certificate, 'DNS:moving.example');
  const { Secret: before = 0, ...others } = await gateway.pushes();
  const second = await aCertificate('moving.example', 'second');
  await gateway.apply('moving.yaml', manifests + tlsSecret('moving', second));
  t.is(
    (await gateway.ask({ sni: 'moving.example' })).certificate,
    'DNS:moving.example, DNS:second',
  );
  t.deepEqual(await gateway.pushes(), { ...others, Secret: before + 1 });
  await gateway.remove('moving.yaml');
});

test.serial('a renewed certificate reaches the names that were asked for', async (t) => {
  t.is((await gateway.ask({ sni: 'a.wide.example' })).certificate, 'DNS:*.wide.example');
  t.is((await gateway.ask({ sni: 'A.wide.example' })).certificate, 'DNS:*.wide.example');
  await gateway.apply(
    'wide.yaml',
    tlsSecret('wide-2', await aCertificate('*.wide.example', 'new')) +
      host('*.wide.example', 'tlsSecret: { name: wide-2 }', 'name: a-wide'),
  );
  for (const sni of ['a.wide.example', 'A.wide.example', 'other.wide.example'])
    t.is((await gateway.ask({ sni })).certificate, 'DNS:*.wide.example, DNS:new', sni);
  await gateway.remove('wide.yaml');
  t.is((await gateway.ask({ sni: 'a.wide.example' })).certificate, 'DNS:*.wide.example');
});

test.serial(
  'a name whose certificate cannot be used is refused, and no pattern takes it over',
  async (t) => {
    t.is((await gateway.ask({ sni: 'own.wide.example' })).status, 200);
    await gateway.apply('own.yaml', host('own.wide.example', 'tlsSecret: { name: missing }'));
    await t.throwsAsync(gateway.ask({ sni: 'own.wide.example' }));
    t.is((await gateway.ask({ sni: 'next.wide.example' })).status, 200);
    await gateway.remove('own.yaml');
    t.is((await gateway.ask({ sni: 'own.wide.example' })).status, 200);
  },
);

test.serial('a client that names no server is given the certificate of the Host `*`', async (t) => {
  await gateway.apply(
    'any.yaml',
    tlsSecret('any', await aCertificate('any.example')) + host('*', 'tlsSecret: { name: any }'),
  );
  for (const sni of ['', 'unknown.example']) {
    const { status, certificate } = await gateway.ask({ sni, host: 'unknown.example' });
    t.is(status, 200);
    t.is(certificate, 'DNS:any.example');
  }
  t.is((await gateway.ask({ sni: '', host: 'one.example' })).status, 421);
  t.is((await gateway.ask({ sni: 'unknown.example', host: 'one.example' })).status, 421);
  t.is((await gateway.ask({ sni: 'one.example', host: 'unknown.example' })).status, 200);
  await gateway.remove('any.yaml');
  await t.throwsAsync(gateway.ask({ sni: '' }));
});

test.serial('a Host inside of a pattern has connections of its own, and lends them', async (t) => {
  await gateway.apply('own.yaml', host('own.wide.example', 'tlsSecret: { name: wide }'));
  const ask = async (sni: string, name: string): Promise<number> =>
    (await gateway.ask({ sni, host: name })).status;
  t.is(await ask('own.wide.example', 'own.wide.example'), 200);
  t.is(await ask('a.wide.example', 'own.wide.example'), 421);
  t.is(await ask('own.wide.example', 'a.wide.example'), 200);
});
