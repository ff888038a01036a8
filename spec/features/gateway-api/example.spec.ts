import { quickstartBackends, startBackend } from '../../../src/edge/example-backends.ts';
import { ask, type Answer, type Question } from '../../_support/envoy/ask.ts';
import { aPlace, settled, startHeadgate } from '../../_support/process/headgate-process.ts';
import { ownNetwork } from '../../_support/process/own-network.ts';

/** The example and its backends have fixed ports, so they are in a network of their own. */
const test = ownNetwork(import.meta.url);

const ends: (() => Promise<unknown> | void)[] = [];

test.before(async () => {
  const backends = await Promise.all(quickstartBackends.map(startBackend));
  ends.push(...backends.map(({ close }) => close));
  const teardown = (end: () => void): void => {
    ends.unshift(end);
  };
  const place = { ...aPlace({ teardown }), manifests: 'examples/gateway-api' };
  const headgate = startHeadgate({ teardown }, place);
  ends.unshift(async () => await headgate.end('SIGTERM'));
  await settled(headgate);
});

test.after.always(async () => {
  for (const end of ends) await end();
});

const inCleartext = async (host: string, path: string): Promise<Answer> =>
  await ask({ port: 8080, host, path });

const overTls = async (host: string, more: Partial<Question> = {}): Promise<Answer> =>
  await ask({ port: 8443, sni: host, ...more });

test('the shop is served over TLS with the certificate that another namespace grants', async (t) => {
  const { status, headers, said, certificate } = await overTls('shop.localhost', {
    headers: { 'x-canary': 'no' },
  });

  t.is(status, 200);
  t.is(headers['x-example'], 'gateway-api');
  t.regex(said.service ?? '', /^(?:quote|echo)$/);
  t.regex(certificate ?? '', /DNS:/);
});

test('the header chooses the new version', async (t) => {
  for (const _ of Array.from({ length: 20 }))
    t.is(
      (await overTls('shop.localhost', { headers: { 'x-canary': 'yes' } })).said.service,
      'echo',
    );
});

test('both versions get their share', async (t) => {
  const services = new Map<string | undefined, number>();
  for (let asked = 0; services.size < 2 && asked < 2000; asked += 1) {
    const { said } = await overTls('shop.localhost');
    services.set(said.service, (services.get(said.service) ?? 0) + 1);
  }

  t.deepEqual([...services.keys()].toSorted(), ['echo', 'quote']);
});

test('the shop in cleartext is sent to https', async (t) => {
  const { status, headers } = await inCleartext('shop.localhost:8080', '/cart?item=1');

  t.is(status, 301);
  t.is(headers.location, 'https://shop.localhost:8443/cart?item=1');
});

test('the api loses its prefix and gains a header, at a Service of another namespace', async (t) => {
  const { status, said } = await inCleartext('api.localhost:8080', '/v1/users');

  t.is(status, 200);
  t.like(said, { service: 'quote', path: '/users' });
  t.is(said.headers['x-api-version'], 'v1');
});

test('what no route takes is not found', async (t) => {
  t.is((await inCleartext('api.localhost', '/v2')).status, 404);
  t.is((await inCleartext('other.localhost', '/')).status, 404);
  t.is((await overTls('other.localhost')).status, 404);
});
