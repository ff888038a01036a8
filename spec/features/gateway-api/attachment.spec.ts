import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  backend,
  cleartext,
  gatewayOf,
  httpRoute,
  ourClass,
  rule,
} from '../../_support/world/gateway-api/manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const second = await freePort();
const blue =
  'allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { team: blue } } } }';
const named =
  'allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { kubernetes.io/metadata.name: shop } } } }';
const listenerSet = (port: number): string => `
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: { name: set, namespace: shop }
spec:
  parentRef: { name: gw, namespace: default }
  listeners: [{ name: more, port: ${port}, protocol: HTTP, hostname: set.example }]
`;
const gateway = await aGateway(
  ({ http, other }) =>
    ourClass +
    gatewayOf(
      [
        cleartext(
          'same',
          http,
          'hostname: same.example, allowedRoutes: { namespaces: { from: Same } }',
        ),
        cleartext('blue', http, `hostname: blue.example, ${blue}`),
        cleartext('named', http, `hostname: named.example, ${named}`),
        cleartext(
          'none',
          http,
          'hostname: none.example, allowedRoutes: { namespaces: { from: None } }',
        ),
        cleartext(
          'calls',
          http,
          'hostname: calls.example, allowedRoutes: { kinds: [{ kind: GRPCRoute }] }',
        ),
        cleartext('other', other),
      ],
      {
        more: 'addresses: [{ value: 127.0.0.1 }]\n  allowedListeners: { namespaces: { from: All } }',
      },
    ) +
    listenerSet(http) +
    gatewayOf([cleartext('http', second)], {
      name: 'gw-2',
      more: 'addresses: [{ value: 127.0.0.2 }]',
    }) +
    backend('a', a.port) +
    backend('b', b.port),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

const { http, other } = gateway.ports;

/** Who answers at a port. */
const whoAt = async (
  port: number,
  path: string,
  host: string,
  at = '127.0.0.1',
): Promise<string | number> => {
  const { said, status } = await gateway.ask({ port, path, host, at });
  return said.service ?? status;
};

const reasons = async (object: string): Promise<readonly string[]> =>
  (await gateway.problems(object)).map(({ message }) => message);

test('a listener takes routes of the namespaces that it names, by their labels, too', async (t) => {
  const team = (name: string, label: string): string => `
---
apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { team: ${label} } }
`;
  const routeIn = (namespace: string): string =>
    httpRoute(
      'all',
      `parentRefs: [{ name: gw, namespace: default }], rules: [${rule(`/${namespace}`, 'a')}]`,
      `namespace: ${namespace}`,
    );
  const toAll = (namespace: string): string =>
    routeIn(namespace) +
    backend('a', a.port).replaceAll('metadata: {', `metadata: { namespace: ${namespace},`);
  await gateway.apply(
    'namespaces.yaml',
    team('shop', 'red') +
      team('web', 'blue') +
      routeIn('default') +
      toAll('shop') +
      toAll('web') +
      toAll('unknown'),
  );
  const taken = async (host: string) =>
    await Promise.all(
      ['default', 'shop', 'web', 'unknown'].map(async (one) => await whoAt(http, `/${one}`, host)),
    );
  t.deepEqual(await taken('same.example'), ['a', 404, 404, 404]);
  t.deepEqual(await taken('blue.example'), [404, 404, 'a', 404]);
  t.deepEqual(await taken('named.example'), [404, 'a', 404, 404]);
  t.deepEqual(await taken('none.example'), [404, 404, 404, 404]);

  await gateway.apply(
    'namespaces.yaml',
    team('shop', 'blue') + team('web', 'red') + toAll('shop') + toAll('web'),
  );
  t.deepEqual(await taken('blue.example'), [404, 'a', 404, 404]);
});

test('a route is told why no listener takes it', async (t) => {
  await gateway.apply(
    'rejected.yaml',
    httpRoute(
      'no-section',
      `parentRefs: [{ name: gw, sectionName: odd }], rules: [${rule('/', 'a')}]`,
    ) +
      httpRoute('no-port', `parentRefs: [{ name: gw, port: 1 }], rules: [${rule('/', 'a')}]`) +
      httpRoute(
        'no-kind',
        `parentRefs: [{ name: gw, sectionName: calls }], rules: [${rule('/', 'a')}]`,
      ) +
      httpRoute(
        'no-hostname',
        `parentRefs: [{ name: gw, sectionName: same }], hostnames: [odd.example], rules: [${rule('/', 'a')}]`,
      ) +
      httpRoute('no-gateway', `parentRefs: [{ name: nowhere }], rules: [${rule('/', 'a')}]`),
  );
  const told = (name: string) => reasons(`HTTPRoute default/${name}`);
  t.deepEqual(await told('no-section'), ['Gateway gw has no listener named odd for routes']);
  t.deepEqual(await told('no-port'), ['Gateway gw has no listener on port 1 for routes']);
  t.deepEqual(await told('no-kind'), [
    'no listener calls of Gateway gw takes routes of kind HTTPRoute of namespace default',
  ]);
  t.deepEqual(await told('no-hostname'), [
    'no listener same of Gateway gw has a hostname of this route: they have same.example',
  ]);
  t.deepEqual(await told('no-gateway'), ['Gateway default/nowhere does not exist']);
});

test('a ListenerSet takes routes of its own namespace, which its Gateway does not take', async (t) => {
  const route = (name: string, parent: string): string =>
    httpRoute(
      name,
      `parentRefs: [{ ${parent} }], hostnames: [set.example], rules: [${rule(`/${name}`, 'a')}]`,
      'namespace: shop',
    );
  await gateway.apply(
    'set.yaml',
    backend('a', a.port).replaceAll('metadata: {', 'metadata: { namespace: shop,') +
      route('in-set', 'kind: ListenerSet, name: set') +
      route('by-name', 'kind: ListenerSet, name: set, sectionName: more') +
      route('of-gateway', 'name: gw, namespace: default, sectionName: more'),
  );
  t.is(await whoAt(http, '/in-set', 'set.example'), 'a');
  t.is(await whoAt(http, '/by-name', 'set.example'), 'a');
  t.is(await whoAt(http, '/of-gateway', 'set.example'), 404);
  t.deepEqual(await reasons('HTTPRoute shop/of-gateway'), [
    'Gateway gw has no listener named more for routes',
  ]);
});

test('one route answers for two Gateways, and by a port of one of them', async (t) => {
  await gateway.apply(
    'two.yaml',
    httpRoute(
      'two',
      `parentRefs: [{ name: gw, port: ${other} }, { name: gw-2 }], rules: [${rule('/two', 'b')}]`,
    ),
  );
  t.is(await whoAt(other, '/two', 'any.example'), 'b');
  t.is(await whoAt(http, '/two', 'same.example'), 404);
  t.is(await whoAt(second, '/two', 'any.example', '127.0.0.2'), 'b');
});

test('a backend of another namespace is used as long as a grant allows it', async (t) => {
  const grant = `
---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: routes, namespace: backends }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: default }]
  to: [{ group: '', kind: Service, name: b }]
`;
  await gateway.apply(
    'granted.yaml',
    backend('b', b.port).replaceAll('metadata: {', 'metadata: { namespace: backends,') +
      httpRoute(
        'granted',
        `parentRefs: [{ name: gw, port: ${other} }],
         rules: [{ matches: [{ path: { value: /granted } }],
                   backendRefs: [{ name: b, namespace: backends, port: 80 }] }]`,
      ),
  );
  t.is(await whoAt(other, '/granted', 'any.example'), 500);
  await gateway.apply('grant.yaml', grant);
  t.is(await whoAt(other, '/granted', 'any.example'), 'b');
  await gateway.remove('grant.yaml');
  t.is(await whoAt(other, '/granted', 'any.example'), 500);
});

test('requests share backends by weight; those for one that cannot be used fail', async (t) => {
  await gateway.apply(
    'weights.yaml',
    httpRoute(
      'weights',
      `parentRefs: [{ name: gw, port: ${other} }],
       rules: [{ matches: [{ path: { value: /weights } }],
                 backendRefs: [{ name: a, port: 80, weight: 2 }, { name: b, port: 80, weight: 1 },
                               { name: nowhere, port: 80, weight: 1 }, { name: b, port: 80, weight: 0 }] },
               { matches: [{ path: { value: /nothing } }] }]`,
    ),
  );
  const counts: Record<string, number> = {};
  for (let i = 0; i < 200; i++) {
    const who = await whoAt(other, '/weights', 'any.example');
    counts[who] = (counts[who] ?? 0) + 1;
  }
  const { a: ofA = 0, b: ofB = 0, 500: failed = 0 } = counts;
  t.is(ofA + ofB + failed, 200);
  t.true(ofA > 65 && ofA < 135, `a: ${ofA}`);
  t.true(ofB > 20 && ofB < 85, `b: ${ofB}`);
  t.true(failed > 20 && failed < 85, `failed: ${failed}`);
  t.is(await whoAt(other, '/nothing', 'any.example'), 500);
  t.is(await whoAt(other, '/elsewhere', 'any.example'), 404);
});
