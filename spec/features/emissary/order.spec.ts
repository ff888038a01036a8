import test, { type ExecutionContext } from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { startNotingBackend } from '../../_support/envoy/noting-backend.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { startTellingBackend } from '../../_support/envoy/telling-backend.ts';
import { upgraded } from '../../_support/envoy/upgraded.ts';
import { startLogSink } from '../../_support/service/a-log-sink.ts';
import { startRateLimitService } from '../../_support/service/a-rate-limit-service.ts';
import { startHttpSpanSink, zipkinSpans } from '../../_support/service/a-span-sink.ts';
import { authService } from '../../_support/service/auth-manifests.ts';
import { startHttpAuthServer } from '../../_support/service/http-auth-server.ts';
import * as gatewayApi from '../../_support/world/gateway-api/manifests.ts';
import { host, listener, mapping, service } from '../../_support/world/routing-manifests.ts';

const [backend, sockets, copies, auth, limits, log, spans] = [
  await startBackend({ name: 'shop', port: 0 }),
  await startTellingBackend('sockets'),
  await startNotingBackend(),
  await startHttpAuthServer(),
  await startRateLimitService(),
  await startLogSink(),
  await startHttpSpanSink(),
];
limits.limits((descriptor) => descriptor === 'user=many');

const labels = `labels: { ambassador: [
  { all: [{ generic_key: { value: all } }] }, { user: [{ request_headers: { header_name: x-user, key: user } }] } ] }`;
const limited = (name: string, port: number | string, more = ''): string =>
  mapping(name, port, `prefix: /${name}/, rewrite: '', ${labels} ${more}`);

const sink = (kind: string, port: number, spec: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: service }
spec: { service: '127.0.0.1:${port}', ${spec} }
`;

const origin = 'http://app.example';

const gateway = await aGateway(
  ({ http }) =>
    service('headgate', `clusterIP: 10.0.0.1, ports: [{ port: 80, targetPort: ${http} }]`) +
    listener('http', http) +
    host('*') +
    host('secure.example', '', 'name: secure') +
    limited('shop', backend.port) +
    limited('sockets', sockets.port, ', allow_upgrade: [websocket]') +
    limited('open', backend.port, ', bypass_auth: true') +
    limited('moved', 'other.example', ', host_redirect: true') +
    limited('cors', backend.port, `, cors: { origins: ['${origin}'], methods: [GET] }`) +
    limited('fails', 'localhost:9') +
    limited('copied', backend.port) +
    mapping('copies', copies.port, "prefix: /copied/, rewrite: '', shadow: true") +
    authService('auth', auth.port, 'timeout_ms: 5000, allowed_authorization_headers: [x-user]') +
    sink('RateLimitService', limits.port, 'timeout_ms: 5000') +
    sink('LogService', log.port, 'driver: http, flush_interval_time: 1') +
    sink('TracingService', spans.port, 'driver: zipkin') +
    gatewayApi.ourClass +
    gatewayApi.gatewayOf([gatewayApi.cleartext('any', 80)], { more: '' }) +
    gatewayApi.backend('a', backend.port) +
    gatewayApi.httpRoute('routed', `rules: [${gatewayApi.rule('/routed', 'a')}]`),
  ['--gateway-service', 'default/headgate'],
);
test.after.always(async () => {
  await gateway.stop();
  await Promise.all([backend.close(), sockets.close(), copies.close(), auth.kill(), spans.kill()]);
  limits.kill();
  log.kill();
});

const paths = () => log.paths().map((path = '') => path);
const urls = () =>
  zipkinSpans(spans.received).flatMap(({ kind, tags }) =>
    kind === 'SERVER' ? [new URL(tags?.['http.url'] ?? 'http://none').pathname] : [],
  );

/** Asks on a path of its own until this holds: spans are sent five at a time. */
const asking = async (what: string, holds: () => boolean): Promise<void> =>
  await eventually(what, async () => {
    await gateway.ask({ path: '/nothing' });
    return holds();
  });

type Question = Parameters<typeof gateway.ask>[0];

/** What became of a request. */
interface Row {
  readonly status: number | string;
  /** How often the services were asked. */
  readonly auth: number;
  readonly limits: number;
  /** Whether it was logged and traced, once each. */
  readonly logged: boolean;
  readonly traced: boolean;
}

const outcome = async (
  t: ExecutionContext,
  path: string,
  ask: () => Promise<Row['status']>,
  row: Row,
) => {
  auth.asked();
  limits.asked();
  const status = await ask();
  const [asked, counted] = [auth.asked().length, limits.asked().length];
  const times = (all: readonly string[]): number => all.filter((one) => one === path).length;
  const marker = `/marker${path}`;
  await gateway.ask({ path: marker });
  await asking(`what follows ${path} is told`, () => paths().includes(marker));
  await asking('and traced', () => urls().includes(marker));
  if (row.traced) await asking('it is traced too', () => times(urls()) > 0);
  t.deepEqual(
    { status, auth: asked, limits: counted, logged: times(paths()), traced: times(urls()) },
    { ...row, logged: Number(row.logged), traced: Number(row.traced) },
  );
};

const row = test.macro(async (t: ExecutionContext, question: Question, expected: Row) => {
  const { path = '' } = question ?? {};
  await outcome(t, path, async () => (await gateway.ask(question)).status, expected);
});

const good = { authorization: 'good' };
const told = { logged: true, traced: true };
const nobody = { auth: 0, limits: 0, ...told };

test.before(async () => {
  await asking('the sinks are told', () => paths().length > 0 && urls().length > 0);
});

test.serial(
  'one that a Mapping forwards: asked about, then counted',
  row,
  { path: '/shop/a', headers: good },
  { status: 200, auth: 1, limits: 1, ...told },
);
test.serial(
  'one that may not pass is not counted',
  row,
  { path: '/shop/denied' },
  { status: 401, auth: 1, limits: 0, ...told },
);
test.serial(
  'one of which there were too many was asked about; the service for authentication says whose it is',
  async (t) => {
    auth.says(() => ({ status: 200, headers: { 'x-user': 'many' } }));
    await outcome(
      t,
      '/shop/many',
      async () => (await gateway.ask({ path: '/shop/many', headers: { 'x-user': 'few' } })).status,
      { status: 429, auth: 1, limits: 1, ...told },
    );
    auth.says(({ headers }) => ({ status: headers.authorization === 'good' ? 200 : 401 }));
  },
);
test.serial(
  'one of a Mapping with bypass_auth is counted',
  row,
  { path: '/open/a' },
  { status: 200, auth: 0, limits: 1, ...told },
);
test.serial(
  'one that host_redirect redirects is not',
  row,
  { path: '/moved/a' },
  { status: 301, ...nobody },
);
test.serial(
  'one that is redirected to https is not',
  row,
  { path: '/shop/secure', host: 'secure.example' },
  { status: 301, ...nobody },
);
test.serial('one that no Mapping takes is not', row, { path: '/none' }, { status: 404, ...nobody });
test.serial(
  'a preflight that a Mapping answers is not',
  row,
  {
    path: '/cors/preflight',
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'GET' },
  },
  { status: 200, ...nobody },
);
test.serial(
  'OPTIONS that is no preflight is',
  row,
  { path: '/cors/options', method: 'OPTIONS', headers: good },
  { status: 200, auth: 1, limits: 1, ...told },
);
test.serial(
  'one whose back end fails was counted before',
  row,
  { path: '/fails/a', headers: good },
  { status: 503, auth: 1, limits: 1, ...told },
);
test.serial(
  'whether the gateway is well is logged, and not traced',
  row,
  { path: '/ambassador/v0/check_ready' },
  { status: 200, ...nobody, traced: false },
);
test.serial(
  'one of an HTTPRoute on the same port is told of, and nobody is asked',
  row,
  { path: '/routed', host: 'any.example' },
  { status: 200, ...nobody },
);
test.serial('one to upgrade the connection is asked about and counted', async (t) => {
  auth.says(() => ({ status: 200 }));
  await outcome(
    t,
    '/sockets/a',
    async () => await upgraded(gateway.ports.http, '/sockets/a', 'hello'),
    { status: 'hello', auth: 1, limits: 1, ...told },
  );
});
test.serial('a copy is neither asked about nor counted, and not logged', async (t) => {
  await outcome(t, '/copied/a', async () => (await gateway.ask({ path: '/copied/a' })).status, {
    status: 200,
    auth: 1,
    limits: 1,
    ...told,
  });
  await eventually('the copy arrives', async () => Promise.resolve(copies.reached().length > 0));
});
