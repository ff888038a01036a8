import { createServer, type IncomingHttpHeaders } from 'node:http';

import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import { listening, type Listening } from '../../_support/envoy/a-server.ts';
import type { Answer } from '../../_support/envoy/ask.ts';
import { ownNetwork } from '../../_support/process/own-network.ts';
import { host, listener, mapping } from '../../_support/world/routing-manifests.ts';

/** Clients of every range that Envoy can be made to trust, of one that load balancers use, and others. */
const addresses = ['10.1.2.3', '172.16.4.5', '192.168.6.7', '100.64.8.9', '203.0.113.7'];
const clients = ['127.0.0.1', ...addresses];

const test = ownNetwork(import.meta.url, { addresses });

/** What came to the service, by path. */
const arrived = new Map<string, readonly IncomingHttpHeaders[]>();

/** A service that fails, is late, never answers, or does what it should, as the path says. */
const startService = async () =>
  await listening(
    createServer(({ url = '', headers }, response) => {
      arrived.set(url, [...(arrived.get(url) ?? []), headers]);
      if (url.startsWith('/fails/')) response.writeHead(503).end();
      else if (url.startsWith('/late/')) setTimeout(() => response.end(), 400);
      else if (!url.startsWith('/never/')) response.end();
    }),
  );

/** Everything by which a client that Envoy trusts tells it what to do or what to believe. */
const forged = {
  'x-envoy-decorator-operation': 'forged',
  'x-envoy-downstream-service-cluster': 'forged',
  'x-envoy-downstream-service-node': 'forged',
  'x-envoy-expected-rq-timeout-ms': '50',
  'x-envoy-external-address': '192.0.2.1',
  'x-envoy-force-trace': 'true',
  'x-envoy-hedge-on-per-try-timeout': 'true',
  'x-envoy-internal': 'true',
  'x-envoy-ip-tags': 'forged',
  'x-envoy-max-retries': '5',
  'x-envoy-original-host': 'forged.example',
  'x-envoy-original-path': '/forged',
  'x-envoy-original-url': 'http://forged.example/',
  'x-envoy-retriable-header-names': 'date',
  'x-envoy-retriable-status-codes': '503',
  'x-envoy-retry-grpc-on': 'unavailable',
  'x-envoy-retry-on': '5xx,retriable-status-codes',
  'x-envoy-upstream-alt-stat-name': 'forged',
  'x-envoy-upstream-rq-timeout-alt-response': '204',
};

/** Gives the service less time than it takes where it is late. */
const hurried = {
  'x-envoy-upstream-rq-per-try-timeout-ms': '50',
  'x-envoy-upstream-rq-timeout-ms': '50',
};

/** Gives the service more time than its Mapping. */
const patient = {
  'x-envoy-upstream-rq-per-try-timeout-ms': '60000',
  'x-envoy-upstream-rq-timeout-ms': '60000',
};

/** What a client says about those before it, and whom Envoy believes with one trusted hop. */
const stories = [
  { hops: undefined, nearest: undefined },
  { hops: '10.0.0.1', nearest: '10.0.0.1' },
  { hops: '127.0.0.1', nearest: '127.0.0.1' },
  { hops: '203.0.113.9, 10.0.0.1', nearest: '10.0.0.1' },
];

/** All attempts may be tried again at the same time. */
const manyRetries = 'circuit_breakers: [{ max_retries: 1000 }]';

const oneRetry = 'retry_policy: { retry_on: 5xx, num_retries: 1 }';

let service: Listening;
let gateway: Gateway;

test.before(async () => {
  service = await startService();
  const { port } = service;
  gateway = await aGateway(
    ({ http, other }) =>
      listener('direct', http) +
      listener('behind-one', other, { more: 'l7Depth: 1' }) +
      host('*') +
      mapping('all', port, `prefix: /, ${manyRetries}`) +
      mapping('short', port, 'prefix: /short/, timeout_ms: 100') +
      mapping('again', port, `prefix: /again/, ${manyRetries}, ${oneRetry}`),
  );
});
test.after.always(async () => {
  await Promise.all([gateway.stop(), service.close()]);
});

/** A way to tell Envoy that one is internal. */
interface Attempt {
  readonly id: string;
  /** The address of which Envoy says to the service that it is the client's. */
  readonly believed: string;
  readonly ask: (path: string, headers: Readonly<Record<string, string>>) => Promise<Answer>;
}

const attemptsFrom = (client: string): readonly Attempt[] =>
  stories.flatMap(({ hops, nearest = client }, i) => {
    const told = hops === undefined ? {} : { 'x-forwarded-for': hops };
    const through = (port: number, name: string, believed: string): Attempt => ({
      id: `${name}-${i}-from-${client}`,
      believed,
      ask: async (path, headers) =>
        await gateway.ask({ port, from: client, path, headers: { ...headers, ...told } }),
    });
    const { http, other } = gateway.ports;
    return [through(http, 'direct', client), through(other, 'behind-one', nearest)];
  });

/** Every attempt at once; a title for each would tell no more. */
const attempts = async (client: string, each: (attempt: Attempt) => Promise<void>): Promise<void> =>
  void (await Promise.all(attemptsFrom(client).map(each)));

for (const client of clients) {
  test(`a client at ${client} does not decide how often a request is tried`, async (t) => {
    await attempts(client, async ({ id, ask }) => {
      t.is((await ask(`/fails/${id}`, forged)).status, 503, id);
      t.is(arrived.get(`/fails/${id}`)?.length, 1, id);
      t.is((await ask(`/again/fails/again-${id}`, forged)).status, 503, id);
      t.is(arrived.get(`/fails/again-${id}`)?.length, 2, id);
    });
  });

  test(`a client at ${client} does not decide how long a service may take`, async (t) => {
    await attempts(client, async ({ id, ask }) => {
      t.is((await ask(`/late/${id}`, { ...forged, ...hurried })).status, 200, id);
      t.is((await ask(`/short/never/${id}`, { ...forged, ...patient })).status, 504, id);
    });
  });

  test(`a client at ${client} does not speak to the service in the name of Envoy`, async (t) => {
    await attempts(client, async ({ id, believed, ask }) => {
      t.is((await ask(`/fine/${id}`, { ...forged, ...hurried })).status, 200, id);
      const [headers = {}] = arrived.get(`/fine/${id}`) ?? [];
      const ofEnvoy = Object.entries(headers).filter(([name]) => name.startsWith('x-envoy-'));
      t.deepEqual(
        Object.fromEntries(ofEnvoy),
        {
          'x-envoy-expected-rq-timeout-ms': '3000',
          'x-envoy-external-address': believed,
          'x-envoy-original-path': `/fine/${id}`,
        },
        id,
      );
    });
  });
}

test('no client names statistics of Envoy', async (t) => {
  for (const client of clients)
    await attempts(client, async ({ id, ask }) => {
      t.is((await ask(`/fine/counted-${id}`, forged)).status, 200, id);
    });
  t.deepEqual([...(await gateway.envoy.stats('forged')).keys()], []);
});
