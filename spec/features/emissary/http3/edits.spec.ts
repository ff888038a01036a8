import { createServer } from 'node:http2';

import test, { type ExecutionContext } from 'ava';

import { startBackend } from '../../../../src/edge/example-backends.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { listening } from '../../../_support/envoy/a-server.ts';
import { eventually } from '../../../_support/envoy/supervised-envoy.ts';
import { http3Client, type Http3Answer } from '../../../_support/http3/http3-client.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { aCertificate } from '../../../_support/world/certificates.ts';
import {
  host,
  http3Listener,
  listener,
  mapping,
  moduleOf,
  tlsSecret,
} from '../../../_support/world/routing-manifests.ts';

const servername = 'shop.example';
const backend = await startBackend({ name: 'a', port: 0 });
const [client, auth, gateway] = await Promise.all([
  http3Client(),
  startHttpAuthServer(),
  aGateway(
    ({ https }) =>
      listener('https', https, { protocol: 'HTTPS' }) +
      host(servername, 'tlsSecret: { name: shop }') +
      mapping('all', backend.port, 'prefix: /'),
    ['--drain-time', '600'],
  ),
]);
const port = gateway.ports.https;
const renew = async (): Promise<void> =>
  await gateway.apply('secret.yaml', tlsSecret('shop', await aCertificate(servername)));
await renew();
await gateway.apply('http3.yaml', http3Listener('http3', port));
test.after.always(async () => {
  client.stop();
  await Promise.all([gateway.stop(), auth.kill(), backend.close()]);
});

/**
 * Makes edits, in the midst of requests on a lasting connection and on new ones: none of them fails. Gives how many
 * connections the lasting one came to.
 */
const edited = async (t: ExecutionContext, edits: readonly (() => Promise<void>)[]) => {
  const answers: Http3Answer[] = [];
  const over = new AbortController();
  const asking = async (more: object): Promise<void> => {
    while (!over.signal.aborted) answers.push(await client.ask({ port, servername, ...more }));
  };
  const connection = t.title;
  const all = Promise.all([asking({ connection }), asking({ connection }), asking({})]);
  const more = async (): Promise<void> => {
    const { length } = answers;
    await eventually('requests are answered', () => answers.length > length + 10);
  };
  await more();
  for (const edit of edits) {
    await edit();
    await more();
  }
  over.abort();
  await all;
  t.deepEqual(
    answers.filter(({ status }) => status !== 200),
    [],
  );
  return (await client.ask({ port, servername, connection })).dialed;
};

test.serial('a renewed certificate is shown to new connections, and the others stay', async (t) => {
  const before = await client.ask({ port, servername });
  t.is(await edited(t, [renew, renew, renew]), 1);
  t.not((await client.ask({ port, servername })).serial, before.serial);
});

test.serial('Hosts and Mappings come and go, and connections to others stay', async (t) => {
  const own = tlsSecret('other', await aCertificate('other.example'));
  const other = host('other.example', 'tlsSecret: { name: other }');
  const comes = (i: number) => async (): Promise<void> =>
    await gateway.apply('other.yaml', own + other + mapping('own', 9, `prefix: /own-${i}/`));
  const goes = async (): Promise<void> => await gateway.remove('other.yaml');
  t.is(await edited(t, [comes(1), goes, comes(2), goes]), 1);
});

test.serial('what all Listeners have in common is edited: no request fails', async (t) => {
  const named = (name: string) => async (): Promise<void> =>
    await gateway.apply(
      'module.yaml',
      moduleOf(`server_name: ${name}, buffer_limit_bytes: ${1000 * name.length}`),
    );
  await edited(t, [named('one'), named('three'), async () => await gateway.remove('module.yaml')]);
});

test.serial('the Listener itself is edited: no request fails', async (t) => {
  const having =
    (more: string, annotations = '') =>
    async (): Promise<void> =>
      await gateway.apply('http3.yaml', http3Listener('http3', port, more, annotations));
  await edited(t, [
    having('http2MaxConcurrentStreams: 7'),
    having('l7Depth: 1, statsPrefix: edge'.replaceAll(', ', '\n  ')),
    having('', 'headgate.io/advertised-port: none'),
    having(''),
  ]);
});

test.serial('an AuthService is asked about requests over HTTP/3', async (t) => {
  await gateway.apply('auth.yaml', authService('auth', auth.port, 'proto: http'));
  t.is((await client.ask({ port, servername })).status, 401);
  const headers = { authorization: 'good' };
  t.is((await client.ask({ port, servername, headers })).status, 200);
  t.is((await client.ask({ port, servername, connection: 'guarded' })).status, 401);
  await gateway.remove('auth.yaml');
  t.is((await client.ask({ port, servername, connection: 'guarded' })).status, 200);
});

test.serial('a call of gRPC gets its messages and its status back', async (t) => {
  const server = createServer();
  server.on('stream', (stream) => {
    stream.respond(
      { ':status': 200, 'content-type': 'application/grpc' },
      { waitForTrailers: true },
    );
    stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.pipe(stream);
  });
  const calls = await listening(server);
  t.teardown(calls.close);
  await gateway.apply('grpc.yaml', mapping('grpc', calls.port, 'prefix: /grpc/, grpc: true'));
  const body = '\0\0\0\0\u0005hello';
  const headers = { 'content-type': 'application/grpc', te: 'trailers' };
  const answer = await client.ask({
    port,
    servername,
    path: '/grpc/',
    method: 'POST',
    headers,
    body,
  });
  t.like(answer, { status: 200, body, trailers: { 'grpc-status': '0' } });
});
