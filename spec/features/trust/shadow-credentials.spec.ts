import { createServer, type IncomingHttpHeaders } from 'node:http';

import test, { type ExecutionContext } from 'ava';

import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { listening } from '../../_support/envoy/a-server.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { mapping, openHost } from '../../_support/world/routing-manifests.ts';

type Arrived = Map<string, IncomingHttpHeaders>;

/** A service that keeps the headers of what it was asked, by path. */
const aService = async () => {
  const arrived: Arrived = new Map();
  const server = await listening(
    createServer(({ url = '', headers }, response) => {
      arrived.set(url, headers);
      response.end();
    }),
  );
  return { ...server, arrived };
};

const [main, other, copies] = [await aService(), await aService(), await aService()];
const gateway = await aGateway(openHost, [
  ...['--namespace', 'gateway', '--trusted-namespaces', 'tools'],
]);
test.after.always(async () => {
  await Promise.all(
    [gateway, main, other, copies].map(async (one) => {
      await ('stop' in one ? one.stop() : one.close());
    }),
  );
});

/** The Mapping of the namespace `shop`, which adds a credential of its own, and a shadow of it. */
const shadowed = (name: string, namespace: string): string =>
  mapping(
    'main',
    main.port,
    `prefix: /${name}/, rewrite: '', add_request_headers: { proxy-authorization: { value: added } }`,
    `name: ${name}, namespace: shop`,
  ) +
  mapping(
    'copy',
    copies.port,
    `prefix: /${name}/, rewrite: '', shadow: true`,
    `name: ${name}-copy, namespace: ${namespace}`,
  );

const credentials = { Authorization: 'Bearer secret', COOKIE: ['session=1', 'other=2'] };

/** The credentials and one other header of what has arrived for a path. */
const shown = async (
  { arrived }: { readonly arrived: Arrived },
  path: string,
): Promise<unknown> => {
  await eventually(`${path} arrives`, () => arrived.has(path));
  const {
    authorization,
    cookie,
    'proxy-authorization': proxy,
    'x-user': user,
  } = arrived.get(path) ?? {};
  return { authorization, cookie, proxy, user };
};

const whole = {
  authorization: 'Bearer secret',
  cookie: 'session=1; other=2',
  proxy: 'added',
  user: 'u',
};
const stripped = { authorization: undefined, cookie: undefined, proxy: undefined, user: 'u' };

const copiedTo = test.macro({
  async exec(t: ExecutionContext, namespace: string, expected: typeof whole | typeof stripped) {
    await gateway.apply(`${namespace}.yaml`, shadowed(namespace, namespace));
    const path = `/${namespace}/x`;
    const headers = { ...credentials, 'x-user': 'u' };
    t.is((await gateway.ask({ path, headers })).status, 200);

    t.deepEqual(await shown(main, path), whole);
    t.deepEqual(await shown(copies, path), expected);
  },
  title: (name = '') => `copies that a shadow ${name}`,
});

test(
  'of another namespace gets lose the credentials, also those that a Mapping adds',
  copiedTo,
  'spy',
  stripped,
);
test('of the same namespace gets are whole', copiedTo, 'shop', whole);
test('of the namespace of the installation gets are whole', copiedTo, 'gateway', whole);
test('of a trusted namespace gets are whole', copiedTo, 'tools', whole);

test('in a group of two namespaces each keeps the credentials of its own requests', async (t) => {
  await gateway.apply(
    'mixed.yaml',
    mapping('a', main.port, `prefix: /mixed/, rewrite: ''`, 'name: mixed, namespace: shop') +
      mapping(
        'b',
        other.port,
        `prefix: /mixed/, rewrite: '', weight: 50`,
        'name: mixed, namespace: spy',
      ) +
      mapping(
        'copy',
        copies.port,
        `prefix: /mixed/, rewrite: '', shadow: true`,
        'name: mixed-copy, namespace: spy',
      ),
  );
  const paths = Array.from({ length: 40 }, (_, i) => `/mixed/${i}`);
  for (const path of paths) await gateway.ask({ path, headers: { ...credentials, 'x-user': 'u' } });

  const has = { authorization: 'Bearer secret', cookie: 'session=1; other=2', proxy: undefined };
  for (const path of paths)
    t.deepEqual(
      await shown(copies, path),
      other.arrived.has(path) ? { ...has, user: 'u' } : stripped,
    );
  t.true(
    paths.some((path) => main.arrived.has(path)) && paths.some((path) => other.arrived.has(path)),
  );
});
