import test from 'ava';

import { framingHeaders } from '../../../../src/ir/header/framing-headers.ts';
import { aGateway } from '../../../_support/envoy/a-gateway.ts';
import { startTellingBackend } from '../../../_support/envoy/telling-backend.ts';
import { startNotingBackend } from '../../../_support/envoy/noting-backend.ts';
import { authService } from '../../../_support/service/auth-manifests.ts';
import { passing, startGrpcAuthServer } from '../../../_support/service/grpc-auth-server.ts';
import { byToken, startHttpAuthServer } from '../../../_support/service/http-auth-server.ts';
import { mapping, openHost } from '../../../_support/world/routing-manifests.ts';

const [noting, telling, overHttp, overGrpc] = [
  await startNotingBackend(),
  await startTellingBackend('told'),
  await startHttpAuthServer(),
  await startGrpcAuthServer(),
];
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('noting', noting.port, "prefix: /, rewrite: ''") +
    mapping('telling', telling.port, "prefix: /told/, rewrite: ''"),
);
test.after.always(async () => {
  await gateway.stop();
  overGrpc.kill();
  await Promise.all([noting.close(), telling.close(), overHttp.kill()]);
});

/** What a service says of a message that is not its own. */
const values: Readonly<Record<string, string>> = {
  ...{ 'content-length': '0', te: 'trailers', 'transfer-encoding': 'chunked' },
};
const answer = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, values[name] ?? 'x-said']));

/** Over HTTP these are of the answer itself. */
const ofAnswers = ['transfer-encoding', 'trailer'];

/** A body that is the next request where the first is said to be empty. */
const body = 'GET /smuggled HTTP/1.1\r\nhost: one.example\r\n\r\n';

const services: Readonly<Record<string, () => Promise<void>>> = {
  'over HTTP': async () => {
    const headers = answer(framingHeaders.filter((name) => !ofAnswers.includes(name)));
    overHttp.says(() => ({ status: 200, headers }));
    const taken = `allowed_authorization_headers: [${framingHeaders.join(', ')}]`;
    await gateway.apply('auth.yaml', authService('auth', overHttp.port, taken));
  },
  'over gRPC': async () => {
    overGrpc.says(() => passing(answer(framingHeaders)));
    const spoken = 'proto: grpc, protocol_version: v3';
    await gateway.apply('auth.yaml', authService('auth', overGrpc.port, spoken));
  },
};

for (const [manner, asked] of Object.entries(services))
  test.serial(`no answer ${manner} says where a request ends`, async (t) => {
    await asked();
    noting.reached();
    t.is((await gateway.ask({ path: '/a', method: 'POST', body })).status, 200);
    t.is((await gateway.ask({ path: '/b' })).status, 200);
    t.deepEqual(noting.reached(), ['/a', '/b']);
    const told = await gateway.ask({ path: '/told/', method: 'POST', body });
    t.regex(told.body, new RegExp(`"content-length: ${body.length}"`));
    t.notRegex(told.body, /x-said|"te: /);
  });

test.serial('names of such headers are said to the owner', async (t) => {
  await services['over HTTP']?.();
  t.deepEqual(
    (await gateway.problems('AuthService default/auth')).map(({ field }) => field),
    framingHeaders.map((_, i) => `spec.allowed_authorization_headers[${i}]`),
  );
});

test.serial(
  'a percent sign in a header for the service is one, and no command is foreign',
  async (t) => {
    overHttp.says(byToken);
    const added = "x-a: '100%', x-b: '%ENVIRONMENT(PATH)%', x-c: '%REQ(x-d)%'";
    await gateway.apply(
      'auth.yaml',
      authService('auth', overHttp.port, `add_auth_headers: { ${added} }`),
    );
    overHttp.asked();
    t.is((await gateway.ask({ path: '/a', headers: { 'x-d': 'd' } })).status, 401);
    const [one] = overHttp.asked();
    t.like(one?.headers, { 'x-a': '100%', 'x-b': '%ENVIRONMENT(PATH)%', 'x-c': 'd' });
    t.like(await gateway.problems('AuthService default/auth'), [
      { problem: 'InvalidField', field: 'spec.add_auth_headers.x-b' },
    ]);
  },
);
