import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { host, listener, mapping } from '../../_support/world/routing-manifests.ts';

const tenant = await startBackend({ name: 'tenant', port: 0 });
const stranger = await startBackend({ name: 'stranger', port: 0 });
const open = 'requestPolicy: { insecure: { action: Route } }';
const annotation = (namespaces: string): string =>
  `annotations: { headgate.io/mapping-namespaces: '${namespaces}' }`;

/** The namespace `shop` and its Host, with a Mapping for `/`. */
const shop = (name: string, more = ''): string =>
  host(`${name}.example`, open, `name: ${name}, namespace: shop${more}`) +
  mapping(
    name,
    tenant.port,
    `prefix: /, hostname: ${name}.example`,
    `name: ${name}, namespace: shop`,
  );

/** A Mapping by which another namespace would take the login page of a Host. */
const thief = (name: string, namespace: string, hosts = `hostname: ${name}.example`): string =>
  mapping(
    name,
    stranger.port,
    `prefix: /login, ${hosts}, precedence: 1000`,
    `name: ${name}, namespace: ${namespace}`,
  );

/** The ways to do so: by the hostname, by one for all, by an expression. */
const thieves = (name: string): string =>
  thief(name, 'exact') +
  thief(name, 'any', "hostname: '*'") +
  thief(name, 'regex', "host: '.*', host_regex: true");

const start = async (flags: readonly string[]) =>
  await aGateway(({ http }) => listener('http', http), flags);

const asEmissary = await start([]);
const isolated = await start([
  '--isolation',
  '--namespace',
  'gateway',
  '--trusted-namespaces',
  'tools',
]);
test.after.always(async () => {
  await Promise.all([asEmissary, isolated].map(({ stop }) => stop()));
  await Promise.all([tenant, stranger].map(({ close }) => close()));
});

/** Which service answers the login page. */
const login = async (gateway: typeof isolated, name: string): Promise<unknown> =>
  (await gateway.ask({ host: `${name}.example`, path: '/login' })).said.service;

// One after another: the last Host is open to everybody, also to Mappings of the others.
test.serial('without isolation a Mapping of any namespace takes a path of any Host', async (t) => {
  await asEmissary.apply('open.yaml', shop('open') + thieves('open'));

  t.is(await login(asEmissary, 'open'), 'stranger');
});

test.serial('a Host with the annotation is isolated, whatever the others are', async (t) => {
  await asEmissary.apply(
    'closed.yaml',
    shop('closed', `, ${annotation('blog')}`) + thieves('closed'),
  );

  t.is(await login(asEmissary, 'closed'), 'tenant');
  t.like(await asEmissary.problems('Mapping exact/closed'), [{ problem: 'NotAttached' }]);

  await asEmissary.apply('named.yaml', thief('closed', 'blog'));
  t.is(await login(asEmissary, 'closed'), 'stranger');
});

test.serial(
  'with isolation no Mapping of another namespace takes a path, and it says so',
  async (t) => {
    await isolated.apply('own.yaml', shop('own') + thieves('own'));

    t.is(await login(isolated, 'own'), 'tenant');
    for (const way of ['exact', 'any', 'regex'])
      t.like(await isolated.problems(`Mapping ${way}/own`), [{ problem: 'NotAttached' }]);
  },
);

test.serial(
  'with isolation a name inside of a wildcard Host is not served by another namespace',
  async (t) => {
    await isolated.apply(
      'wild.yaml',
      host('*.wild.example', open, 'name: wild, namespace: shop') +
        mapping(
          'inside',
          stranger.port,
          'prefix: /, hostname: new.wild.example',
          'name: inside, namespace: elsewhere',
        ),
    );

    t.is((await isolated.ask({ host: 'new.wild.example', path: '/' })).status, 404);
  },
);

test.serial(
  'Mappings of a trusted namespace, and of that of the installation, are always taken',
  async (t) => {
    await isolated.apply('trusted.yaml', shop('trusted') + thief('trusted', 'tools'));
    await isolated.apply('operated.yaml', shop('operated') + thief('operated', 'gateway'));

    t.is(await login(isolated, 'trusted'), 'stranger');
    t.is(await login(isolated, 'operated'), 'stranger');
  },
);

test.serial(
  'a Host of the operator for all names serves the namespaces that it names',
  async (t) => {
    await isolated.apply(
      'common.yaml',
      host('*.common', open, `name: common, namespace: gateway, ${annotation('one, two')}`) +
        ['one', 'two', 'three']
          .map((name) =>
            mapping(
              name,
              tenant.port,
              `prefix: /${name}/, hostname: app.common`,
              `name: ${name}, namespace: ${name}`,
            ),
          )
          .join(''),
    );
    const status = async (path: string): Promise<number> =>
      (await isolated.ask({ host: 'app.common', path })).status;

    t.deepEqual(
      [await status('/one/'), await status('/two/'), await status('/three/')],
      [200, 200, 404],
    );

    await isolated.apply(
      'everybody.yaml',
      host('*.everybody', open, `name: everybody, namespace: gateway, ${annotation('*')}`) +
        mapping(
          'guest',
          tenant.port,
          'prefix: /guest/, hostname: app.everybody',
          'name: guest, namespace: four',
        ),
    );
    t.is((await isolated.ask({ host: 'app.everybody', path: '/guest/' })).status, 200);
  },
);
