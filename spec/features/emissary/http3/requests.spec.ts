import test from 'ava';

import { aTlsGateway } from '../../../_support/envoy/a-tls-gateway.ts';
import { http3Client } from '../../../_support/http3/http3-client.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';
import {
  host,
  http3Listener,
  mapping,
  moduleOf,
  tlsSecret,
} from '../../../_support/world/routing-manifests.ts';

const [gateway, client] = await Promise.all([aTlsGateway(), http3Client()]);
const port = gateway.ports.https;
await gateway.apply('http3.yaml', http3Listener('http3', port));
test.after.always(async () => {
  client.stop();
  await gateway.stop();
});

const told = (body: string): { readonly headers: Readonly<Record<string, string>> } =>
  JSON.parse(body) as { readonly headers: Readonly<Record<string, string>> };

test.serial(
  'a request gets to the service of its Mapping, on the port of TLS over TCP',
  async (t) => {
    const answer = await client.ask({ port, servername: 'one.example', path: '/x' });
    t.is(answer.error, undefined);
    t.is(answer.status, 200);
    t.like(told(answer.body).headers, { host: 'one.example', 'x-forwarded-proto': 'https' });
    t.is((await gateway.ask({ sni: 'one.example' })).status, 200);
    t.deepEqual(await gateway.problems('Listener default/http3'), []);
  },
);

test.serial('each Host shows its own certificate', async (t) => {
  const one = await client.ask({ port, servername: 'one.example' });
  const wide = await client.ask({ port, servername: 'any.wide.example' });
  t.is(wide.status, 200);
  t.truthy(one.serial);
  t.not(one.serial, wide.serial);
});

test.serial('a name that no Host has, and no name, get no connection', async (t) => {
  for (const servername of ['unknown.example', 'wide.example', ''])
    t.like(
      await client.ask({ port, servername, host: 'one.example' }),
      {
        status: undefined,
        error: 'NO_ERROR (remote): 0:Closed by application with reason: no filter chain found',
      },
      servername,
    );
});

test.serial('a request for another Host than that of the connection is misdirected', async (t) => {
  const asked = async (servername: string, other: string) =>
    (await client.ask({ port, servername, host: other, connection: servername })).status;
  t.is(await asked('one.example', 'one.example'), 200);
  for (const other of ['any.wide.example', 'unknown.example'])
    t.is(await asked('one.example', other), 421, other);
  t.is(await asked('any.wide.example', 'one.example'), 421);
  t.is(await asked('any.wide.example', 'other.wide.example'), 200);
});

test.serial('over TLS clients are told of HTTP/3, and in cleartext nobody is', async (t) => {
  const altSvc = async (question: object) => (await gateway.ask(question)).headers['alt-svc'];
  t.is(await altSvc({ sni: 'one.example' }), 'h3=":443"; ma=86400');
  t.is(await altSvc({ sni: 'any.wide.example' }), 'h3=":443"; ma=86400');
  t.is(await altSvc({ sni: 'any.wide.example', host: 'one.example' }), undefined);
  t.is(await altSvc({ host: 'one.example' }), undefined);
  t.is(await altSvc({ port, host: 'one.example' }), undefined);

  const named = mapping('named', 9, "hostname: named.wide.example, prefix: '/'");
  await gateway.apply('named.yaml', named);
  t.is(await altSvc({ sni: 'named.wide.example' }), 'h3=":443"; ma=86400');
  await gateway.remove('named.yaml');

  const annotated = (written: string) =>
    http3Listener('http3', port, '', `headgate.io/advertised-port: '${written}'`);
  await gateway.apply('http3.yaml', annotated('8443'));
  t.is(await altSvc({ sni: 'one.example' }), 'h3=":8443"; ma=86400');
  for (const written of ['none', '0', 'x']) {
    await gateway.apply('http3.yaml', annotated(written));
    t.is(await altSvc({ sni: 'one.example' }), undefined, written);
    t.is((await client.ask({ port, servername: 'one.example' })).status, 200);
    t.is((await gateway.problems('Listener default/http3')).length, written === 'none' ? 0 : 1);
  }
  await gateway.apply('http3.yaml', http3Listener('http3', port));
});

test.serial('a Mapping that says alt-svc itself has its way', async (t) => {
  const own = mapping(
    'own',
    9,
    'prefix: /own/, host_redirect: true, add_response_headers: { alt-svc: clear }',
  );
  await gateway.apply('own.yaml', own);
  t.is((await gateway.ask({ sni: 'one.example', path: '/own/' })).headers['alt-svc'], 'clear');
  await gateway.remove('own.yaml');
});

test.serial(
  'clients are not told where the Listener for HTTP/3 does not take the Host',
  async (t) => {
    const labelled = http3Listener('http3', port).replace(
      'namespace: { from: ALL }',
      'selector: { matchLabels: { http3: "yes" } }',
    );
    const own = await aCertificate('two.example');
    await gateway.apply(
      'http3.yaml',
      labelled +
        tlsSecret('two', own) +
        host('two.example', 'tlsSecret: { name: two }', 'name: two, labels: { http3: "yes" }'),
    );
    t.is((await client.ask({ port, servername: 'two.example' })).status, 200);
    t.is((await client.ask({ port, servername: 'one.example' })).status, undefined);
    t.is((await gateway.ask({ sni: 'two.example' })).headers['alt-svc'], 'h3=":443"; ma=86400');
    t.is((await gateway.ask({ sni: 'one.example' })).headers['alt-svc'], undefined);
    await gateway.apply('http3.yaml', http3Listener('http3', port));
  },
);

test.serial(
  'a session is resumed, and no request is read before the handshake is over',
  async (t) => {
    const ask = async () =>
      await client.ask({ port, servername: 'one.example', session: 's', early: true });
    t.like(await ask(), { status: 200, resumed: undefined, early: undefined });
    const again = await ask();
    t.like(again, { status: 200, resumed: true, early: undefined });
    t.false('early-data' in told(again.body).headers);
  },
);

test.serial('what a Module says of HTTP counts', async (t) => {
  await gateway.apply('module.yaml', moduleOf('server_name: shop, max_request_headers_kb: 2'));
  const ask = async (length: number) =>
    await client.ask({
      port,
      servername: 'one.example',
      headers: { 'x-long': 'x'.repeat(length) },
    });
  t.like(await ask(1000), { status: 200, headers: { server: 'shop' } });
  t.not((await ask(4000)).status, 200);
  await gateway.remove('module.yaml');
});

test.serial('without its Listener nothing is served over HTTP/3, nor told of', async (t) => {
  await gateway.remove('http3.yaml');
  t.is((await client.ask({ port, servername: 'one.example' })).status, undefined);
  const { status, headers } = await gateway.ask({ sni: 'one.example' });
  t.is(status, 200);
  t.is(headers['alt-svc'], undefined);
  await gateway.apply('http3.yaml', http3Listener('http3', port));
});
