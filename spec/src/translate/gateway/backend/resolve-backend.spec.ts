import test from 'ava';

import type { Forward } from '../../../../../src/ir/route.ts';
import { serviceCluster } from '../../../../../src/translate/contribution/service-cluster.ts';
import type { BackendTls } from '../../../../../src/translate/gateway/policy/service-policies.ts';
import type { CompiledRules } from '../../../../../src/translate/gateway/rule/compiled-route.ts';
import { aService, type Manifest } from '../../../../_support/world/builders.ts';
import {
  problemsOf,
  routesOf,
  rulesOf,
  showAction,
  web,
  type Around,
} from '../../../../_support/gateway/compiled-rules.ts';
import {
  aGrant,
  aGrpcRoute,
  anHttpRoute,
} from '../../../../_support/world/gateway-api/builders.ts';

const routeTo = (backend: object, route = anHttpRoute): Manifest =>
  route('default/r', { rules: [{ backendRefs: [backend] }] });

const resolved = (objects: readonly Manifest[], around?: Around): CompiledRules =>
  rulesOf(objects, around);

const fails = test.macro({
  exec(t, objects: readonly Manifest[], reason: string, problem: string) {
    const rules = resolved(objects);
    t.like(rules.resolvedRefs, { type: 'ResolvedRefs', status: 'False', reason });
    t.deepEqual(problemsOf(rules), [`HTTPRoute default/r: ${problem}`]);
    t.deepEqual(routesOf(rules).map(showAction), ['500']);
    t.deepEqual(rules.clusters, []);
  },
  title: (name = '') => `requests fail and the condition says so: ${name}`,
});

test(
  'a kind that is not known',
  fails,
  [routeTo({ group: 'odd.example', kind: 'Odd', name: 'web', port: 80 })],
  'InvalidKind',
  'spec.rules[0].backendRefs[0].kind: expected a Service of the core group, got Odd.odd.example',
);
test(
  'a Service that does not exist',
  fails,
  [routeTo({ name: 'web', port: 80 })],
  'BackendNotFound',
  'spec.rules[0].backendRefs[0]: Service default/web does not exist',
);
test(
  'a port that the Service does not have',
  fails,
  [web(), routeTo({ name: 'web', port: 82 })],
  'BackendNotFound',
  'spec.rules[0].backendRefs[0]: Service default/web has no port 82; it has 80, 81',
);
test(
  'a port for datagrams',
  fails,
  [
    aService('default/web', { ports: [{ port: 80, protocol: 'UDP' }] }),
    routeTo({ name: 'web', port: 80 }),
  ],
  'BackendNotFound',
  'spec.rules[0].backendRefs[0]: Service default/web has no port 80; it has none',
);
test(
  'a Service without a port',
  fails,
  [web(), routeTo({ name: 'web' })],
  'UnsupportedValue',
  'spec.rules[0].backendRefs[0].port: expected a port of the Service, got none',
);
test(
  'a Service that is a name in DNS',
  fails,
  [
    aService('default/web', {
      type: 'ExternalName',
      externalName: 'a.example',
      ports: [{ port: 80 }],
    }),
    routeTo({ name: 'web', port: 80 }),
  ],
  'InvalidKind',
  'spec.rules[0].backendRefs[0]: expected a Service with endpoints, got one of type ExternalName',
);
test(
  'a Service of another namespace, whether it is there or not',
  fails,
  [routeTo({ name: 'web', namespace: 'shop', port: 80 })],
  'RefNotPermitted',
  'spec.rules[0].backendRefs[0]: Service shop/web of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here',
);
test(
  'a grant for another kind of routes',
  fails,
  [
    web(undefined, 'shop/web'),
    aGrant('shop/g', 'default', {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'GRPCRoute', namespace: 'default' }],
    }),
    routeTo({ name: 'web', namespace: 'shop', port: 80 }),
  ],
  'RefNotPermitted',
  'spec.rules[0].backendRefs[0]: Service shop/web of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here',
);
for (const appProtocol of ['https', 'HTTPS', 'kubernetes.io/wss'])
  test(
    `a port that speaks ${appProtocol} without a policy`,
    fails,
    [web(appProtocol), routeTo({ name: 'web', port: 81 })],
    'UnsupportedProtocol',
    `spec.rules[0].backendRefs[0].port: expected a BackendTLSPolicy for a port that speaks TLS, got appProtocol ${appProtocol} of Service default/web`,
  );

test('a Service of another namespace is used with a grant', (t) => {
  const rules = resolved([
    web(undefined, 'shop/web'),
    aGrant('shop/g', 'default'),
    routeTo({ name: 'web', namespace: 'shop', port: 80 }),
  ]);
  t.like(rules.resolvedRefs, { status: 'True', reason: 'ResolvedRefs' });
  t.deepEqual(rules.clusters, [
    serviceCluster({ service: 'shop/web', port: 80, protocol: 'http1' }),
  ]);
  t.deepEqual(rules.services, ['shop/web']);
});

const action = (rules: CompiledRules): Partial<Forward> => {
  const [first] = routesOf(rules);
  return first?.action._tag === 'Forward' ? first.action : {};
};

const speaks = test.macro({
  exec(
    t,
    appProtocol: string | undefined,
    route: typeof anHttpRoute,
    protocol: 'http1' | 'http2',
    upgrades: readonly string[] = [],
  ) {
    const rules = resolved([web(appProtocol), routeTo({ name: 'web', port: 81 }, route)]);
    t.deepEqual(rules.clusters, [serviceCluster({ service: 'default/web', port: 81, protocol })]);
    t.deepEqual(action(rules).upgrades, upgrades);
  },
  title: (_, appProtocol, route, protocol) =>
    `${route === aGrpcRoute ? 'a GRPCRoute' : 'an HTTPRoute'} speaks ${protocol} to appProtocol ${appProtocol}`,
});

test(speaks, undefined, anHttpRoute, 'http1');
test(speaks, 'http', anHttpRoute, 'http1');
test(speaks, 'odd.example/odd', anHttpRoute, 'http1');
test(speaks, 'kubernetes.io/h2c', anHttpRoute, 'http2');
test(speaks, 'kubernetes.io/ws', anHttpRoute, 'http1', ['websocket']);
test(speaks, undefined, aGrpcRoute, 'http2');
test(speaks, 'kubernetes.io/h2c', aGrpcRoute, 'http2');

test('calls do not go to a port that speaks WebSocket', (t) => {
  const rules = resolved([web('kubernetes.io/ws'), routeTo({ name: 'web', port: 81 }, aGrpcRoute)]);
  t.like(rules.resolvedRefs, { status: 'False', reason: 'UnsupportedProtocol' });
});

const tls: BackendTls = {
  _tag: 'Verified',
  sni: 'web.example',
  trust: 'trust://configmap/default/ca',
  names: [{ _tag: 'Dns', name: 'web.example' }],
};

const policy = { ref: 'BackendTLSPolicy default/p' } as const;

const spoken = {
  sni: 'web.example',
  verify: { trust: 'trust://configmap/default/ca', names: [{ _tag: 'Dns', name: 'web.example' }] },
} as const;

test('TLS is spoken to a Service with a policy, with the certificate of the Gateway', (t) => {
  const rules = resolved([web(), routeTo({ name: 'web', port: 80 })], {
    policies: { 'default/web': [{ policy, tls }] },
    clientCertificate: 'default/own',
  });
  t.deepEqual(rules.clusters, [
    serviceCluster({
      service: 'default/web',
      port: 80,
      protocol: 'http1',
      tls: { ...spoken, clientCertificate: 'default/own' },
    }),
  ]);
});

test('no certificate is shown to a Service without a policy', (t) => {
  const rules = resolved([web(), routeTo({ name: 'web', port: 80 })], {
    clientCertificate: 'default/own',
  });
  t.deepEqual(rules.clusters, [
    serviceCluster({ service: 'default/web', port: 80, protocol: 'http1' }),
  ]);
});

test('the policy of a port counts before that of its Service', (t) => {
  const rules = resolved(
    [
      web('https'),
      anHttpRoute('default/r', {
        rules: [
          {
            backendRefs: [
              { name: 'web', port: 80 },
              { name: 'web', port: 81 },
            ],
          },
        ],
      }),
    ],
    {
      policies: {
        'default/web': [
          { policy, tls },
          { policy, port: 'other', tls: { ...tls, sni: 'other.example' } },
        ],
      },
    },
  );
  t.deepEqual(
    rules.clusters.map((cluster) => cluster.tls?.sni),
    ['web.example', 'other.example'],
  );
});

test('nothing is sent to a Service whose policy cannot be followed, and it counts as used', (t) => {
  const rules = resolved([web(), routeTo({ name: 'web', port: 80 })], {
    policies: { 'default/web': [{ policy, tls: { _tag: 'Invalid' } }] },
  });
  t.like(rules.resolvedRefs, { status: 'False', reason: 'InvalidBackendTLSPolicy' });
  t.deepEqual(rules.clusters, []);
  t.deepEqual(routesOf(rules).map(showAction), ['500']);
  t.deepEqual(rules.services, ['default/web']);
});
