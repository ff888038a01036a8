import { once } from 'node:events';

import test from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { rawConnection } from '../../_support/envoy/raw-connection.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startRateLimitService } from '../../_support/service/a-rate-limit-service.ts';
import { authService, rateLimitService } from '../../_support/service/auth-manifests.ts';
import { startGrpcAuthServer } from '../../_support/service/grpc-auth-server.ts';
import {
  byToken,
  startHttpAuthServer,
  type Asked,
} from '../../_support/service/http-auth-server.ts';
import { tlsContext } from '../../_support/tls/tls-manifests.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

const [backend, limits, auth, grpc] = [
  await startNotingBackend(),
  await startRateLimitService(),
  await startHttpAuthServer(),
  await startGrpcAuthServer(),
];
const labels = 'labels: { ambassador: [{ all: [{ generic_key: { value: all } }] }] }';
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    mapping('plain', backend.port, "prefix: /plain/, rewrite: ''") +
    mapping('limited', backend.port, `prefix: /limited/, rewrite: '', ${labels}`),
  ['--drain-time', '10'],
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), backend.close(), auth.kill()]);
  limits.kill();
  grpc.kill();
});

const status = async (path: string): Promise<number> => (await gateway.ask({ path })).status;

test.serial(
  'an open connection is not limited by the first service of a domain, until it is closed when the listener has drained',
  async (t) => {
    limits.limits(() => true);
    const open = rawConnection(gateway.ports.http);
    const line = 'GET /limited/ HTTP/1.1\r\nhost: a.example\r\n\r\n';
    t.is((await open.ask(line)).status, 'HTTP/1.1 200 OK');
    await gateway.apply('limits.yaml', rateLimitService('limits', limits.port));
    await eventually('new ones are', async () => (await status('/limited/')) === 429);
    t.is((await open.ask(line)).status, 'HTTP/1.1 200 OK');
    await eventually(
      'the open one has been closed',
      async () => (await open.ask(line)).status === 'HTTP/1.1 429 Too Many Requests',
    );
    open.close();
    await gateway.remove('limits.yaml');
  },
);

for (const denies of [false, true])
  test.serial(
    `a first RateLimitService that Envoy refuses ${denies ? 'closes its labels, as it denies' : 'lets requests pass'}`,
    async (t) => {
      const refused =
        rateLimitService('limits', limits.port, `tls: wrong, failure_mode_deny: ${denies}`) +
        tlsContext('wrong', 'cipher_suites: [ALL, "!ALL"]');
      await gateway.apply('limits.yaml', refused);
      const told = async () =>
        (await gateway.problems('RateLimitService default/limits')).map(({ problem }) => problem);
      await eventually('its owner is told', async () => (await told()).includes('RefusedByEnvoy'));
      t.deepEqual(await told(), ['RefusedByEnvoy', ...(denies ? ['GuardUnusable'] : [])]);
      t.is(await status('/limited/'), denies ? 503 : 200);
      t.is(await status('/plain/'), 200);
      await gateway.remove('limits.yaml');
      t.is(await status('/limited/'), 200);
    },
  );

/** Whether a request is still waiting when a service has been asked about it for a second. */
const waits = async (path: string): Promise<boolean> =>
  await Promise.race([
    status(path).then(() => false),
    once(AbortSignal.timeout(1000), 'abort').then(() => true),
  ]);

test.serial(
  'with timeout_ms: 0 a RateLimitService is waited for, however long it takes',
  async (t) => {
    limits.limits(() => true);
    limits.answers('late');
    await gateway.apply('limits.yaml', rateLimitService('limits', limits.port, 'timeout_ms: 0'));
    await eventually('it counts', async () => (await status('/limited/')) === 429);
    limits.answers('never');
    t.true(await waits('/limited/'));
    await gateway.remove('limits.yaml');
  },
);

test.serial('and so is an AuthService, over HTTP and gRPC', async (t) => {
  const [overHttp, overGrpc] = [
    authService('auth', auth.port, 'timeout_ms: 0'),
    authService('auth', grpc.port, 'proto: grpc, protocol_version: v3, timeout_ms: 0'),
  ];
  auth.says(async (asked: Asked) => {
    await once(AbortSignal.timeout(1000), 'abort');
    return byToken(asked);
  });
  await gateway.apply('auth.yaml', overHttp);
  t.is(await status('/plain/'), 401);
  auth.says(() => ({}));
  t.true(await waits('/plain/'));
  grpc.says(() => undefined);
  await gateway.apply('auth.yaml', overGrpc);
  t.true(await waits('/plain/'));
  await gateway.remove('auth.yaml');
});
