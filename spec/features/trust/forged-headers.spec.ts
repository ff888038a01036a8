import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:http2';

import test from 'ava';

import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { aCertificate } from '../../_support/world/certificates.ts';
import { crowd } from '../../_support/world/crowd.ts';
import { host, listener, mapping, tlsSecret } from '../../_support/world/routing-manifests.ts';

/** Headers by which Envoys, or parts of one, speak to each other, and two that Headgate uses. */
const names = [
  'x-envoy-attempt-count',
  'x-envoy-auth-failure-mode-allowed',
  'x-envoy-auth-partial-body',
  'x-envoy-cluster',
  'x-envoy-decorator-operation',
  'x-envoy-degraded',
  'x-envoy-downstream-service-cluster',
  'x-envoy-downstream-service-node',
  'x-envoy-expected-rq-timeout-ms',
  'x-envoy-external-address',
  'x-envoy-fault-abort-request',
  'x-envoy-fault-delay-request',
  'x-envoy-force-trace',
  'x-envoy-hedge-on-per-try-timeout',
  'x-envoy-immediate-health-check-fail',
  'x-envoy-internal',
  'x-envoy-ip-tags',
  'x-envoy-is-timeout-retry',
  'x-envoy-local-overloaded',
  'x-envoy-max-retries',
  'x-envoy-original-dst-host',
  'x-envoy-original-host',
  'x-envoy-original-method',
  'x-envoy-original-path',
  'x-envoy-original-scheme',
  'x-envoy-original-url',
  'x-envoy-overloaded',
  'x-envoy-peer-metadata',
  'x-envoy-peer-metadata-id',
  'x-envoy-ratelimited',
  'x-envoy-retriable-header-names',
  'x-envoy-retriable-status-codes',
  'x-envoy-retry-grpc-on',
  'x-envoy-retry-on',
  'x-envoy-upstream-alt-stat-name',
  'x-envoy-upstream-canary',
  'x-envoy-upstream-healthchecked-cluster',
  'x-envoy-upstream-rq-per-try-timeout-ms',
  'x-envoy-upstream-rq-timeout-alt-response',
  'x-envoy-upstream-rq-timeout-ms',
  'x-envoy-upstream-stream-duration-ms',
  'x-envoy-one-that-is-to-come',
  'x-headgate-shard',
  'x-headgate-sni',
];

/** Servers that follow CGI read all of these as one name. */
const spellings: Readonly<Record<string, (name: string) => string>> = {
  'in lower case': (name) => name,
  'in upper case': (name) => name.toUpperCase(),
  'in both cases': (name) => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase()),
  'with underscores': (name) => name.replaceAll('-', '_'),
  'with one underscore': (name) => name.replace('-', '_'),
  'with a later underscore': (name) => name.replace(/^(x-[a-z]+)-/, '$1_'),
};

const forged = (spell: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [spell(name), ['5', 'forged']]));

/** What came to the service, by path. */
const arrived = new Map<string, readonly (readonly [name: string, value: string])[]>();

const startService = async () =>
  await listening(
    createServer((request, response) => {
      const { url = '', rawHeaders } = request;
      arrived.set(
        url,
        rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? '']] : [])),
      );
      request.pipe(response);
    }),
  );

const isReserved = /^x[-_](?:envoy|headgate)/i;

/** What the service got that only Envoy may say. */
const reserved = (path: string) =>
  (arrived.get(path) ?? []).filter(([name]) => isReserved.test(name));

const { port: servicePort, close: closeService } = await startService();
const certificate = await aCertificate('one.example');

const manifests = ({ http, https, other }: Gateway['ports'], tlsLayout: string): string =>
  listener('open', http) +
  listener('behind-one', other, { more: 'l7Depth: 1' }) +
  listener('tls', https, { protocol: 'HTTPS', tlsLayout }) +
  tlsSecret('one', certificate) +
  host('*') +
  host('one.example', 'tlsSecret: { name: one }') +
  mapping('all', servicePort, 'prefix: /');

/** Where every table is whole, and where tables are cut and certificates come on demand. */
const gateways: Readonly<Record<string, Gateway>> = {
  whole: await aGateway((ports) => manifests(ports, 'chains')),
  cut: await aGateway((ports) => manifests(ports, 'on-demand') + crowd(300)),
};
test.after.always(async () => {
  await Promise.all(Object.values(gateways).map(async ({ stop }) => await stop()));
  await closeService();
});

/** Asks over HTTP/2 in cleartext. */
const askHttp2 = async (port: number, path: string, headers: object): Promise<void> => {
  const session = connect(`http://127.0.0.1:${port}`);
  const request = session.request({ ':path': path, ...headers });
  request.resume();
  await once(request, 'close');
  session.close();
};

for (const [tables, { ports, ask }] of Object.entries(gateways)) {
  for (const [spelling, spell] of Object.entries(spellings))
    test(`no client says what only Envoy may say, ${spelling}, where tables are ${tables}`, async (t) => {
      const headers = forged(spell);
      const path = (way: string): string => `/${tables}/${way}/${encodeURIComponent(spelling)}`;
      const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['open', async () => await ask({ path: path('open'), headers })],
        [
          'behind-one',
          async () => await ask({ port: ports.other, path: path('behind-one'), headers }),
        ],
        ['tls', async () => await ask({ sni: 'one.example', path: path('tls'), headers })],
        [
          'nominated',
          async () =>
            await ask({
              path: path('nominated'),
              headers: { ...headers, connection: `keep-alive, ${spell(names[9] ?? '')}` },
            }),
        ],
      ];
      for (const [way, asked] of ways) {
        await asked();
        t.deepEqual(reserved(path(way)), ofEnvoy(path(way)), way);
      }
      if (spelling === 'in upper case' || spelling === 'in both cases') return;
      await askHttp2(ports.http, path('http2'), headers);
      t.deepEqual(reserved(path('http2')), ofEnvoy(path('http2')), 'http2');
    });
}

/** What Envoy itself tells services. */
const ofEnvoy = (path: string): readonly (readonly [string, string])[] => [
  ['x-envoy-external-address', '127.0.0.1'],
  ['x-envoy-expected-rq-timeout-ms', '3000'],
  ['x-envoy-original-path', path],
];

test('what a client says of its certificate, of the scheme and of the request is not believed', async (t) => {
  const { whole } = gateways;
  await whole?.ask({
    path: '/names',
    headers: {
      'X-Forwarded-Client-Cert': 'By=spiffe://a;Subject="CN=admin"',
      'X-Forwarded-Proto': 'https',
      'X-Request-Id': 'forged',
    },
  });
  const got = new Map(arrived.get('/names'));
  t.is(got.get('x-forwarded-client-cert'), undefined);
  t.is(got.get('x-forwarded-proto'), 'http');
  t.regex(got.get('x-request-id') ?? '', /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
});

test('what else a client says passes as it is, names with underscores too', async (t) => {
  const headers = { 'X-Forwarded-Host': 'other.example', x_auth_user: 'me', 'x-envo': '1' };
  const { whole } = gateways;
  await whole?.ask({ path: '/others', headers });
  const got = new Map(arrived.get('/others'));
  t.is(got.get('x-forwarded-host'), 'other.example');
  t.is(got.get('x_auth_user'), 'me');
  t.is(got.get('x-envo'), '1');
});

test('a Mapping that removes what frames messages changes no message', async (t) => {
  const { whole } = gateways;
  const framing = [
    'connection',
    'content-length',
    'keep-alive',
    'te',
    'transfer-encoding',
    'upgrade',
  ];
  await whole?.apply(
    'framing.yaml',
    mapping(
      'framing',
      servicePort,
      `prefix: /framing/,
       remove_request_headers: [${framing.join()}],
       remove_response_headers: [${framing.join()}]`,
    ),
  );
  for (const headers of [{ 'content-length': '5' }, { 'transfer-encoding': 'chunked' }]) {
    const [path, body] = ['/framing/x', 'whole'];
    t.is((await whole?.ask({ method: 'POST', path, body, headers }))?.body, body);
  }
});
