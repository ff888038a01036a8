import test, { type ExecutionContext } from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway, type Gateway } from '../../_support/envoy/a-gateway.ts';
import {
  annotated,
  carrier,
  host,
  listener,
  mapping,
} from '../../_support/world/routing-manifests.ts';

const backend = await startBackend({ name: 'a', port: 0 });

const world = ({ http }: Gateway['ports']): string =>
  listener('http', http) +
  host('*', undefined, 'name: all, namespace: shop') +
  mapping('all', backend.port, 'prefix: /', 'name: all, namespace: shop');

const auth = (namespace: string, more = ''): string => `
apiVersion: getambassador.io/v3alpha1
kind: AuthService
metadata: { name: auth, namespace: ${namespace} }
spec: { auth_service: '127.0.0.1:9'${more} }
`;

const module = (namespace: string, config: string, year = 2024): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: Module
metadata: { name: ambassador, namespace: ${namespace}, creationTimestamp: '${year}-01-01T00:00:00Z' }
spec: { config: { ${config} } }
`;

const limits = (namespace: string): string => module(namespace, 'ip_deny: [{ peer: 127.0.0.0/8 }]');

const asEmissary = await aGateway(world);
const isolated = await aGateway(world, [
  ...['--isolation', '--namespace', 'gateway', '--trusted-namespaces', 'tools'],
]);
test.after.always(async () => {
  await Promise.all([asEmissary.stop(), isolated.stop(), backend.close()]);
});

/** With this object requests are answered so; without it they are served. */
const answers = test.macro(
  async (t: ExecutionContext, gateway: Gateway, manifest: string, status: number) => {
    await gateway.apply('guard.yaml', manifest);
    t.is((await gateway.ask({ path: '/' })).status, status);
    await gateway.remove('guard.yaml');
    t.is((await gateway.ask({ path: '/' })).status, 200);
  },
);

test.serial(
  'without isolation an AuthService of any namespace guards all requests',
  answers,
  asEmissary,
  auth('blog'),
  403,
);
test.serial('a younger Module of another namespace changes no domain of labels', async (t) => {
  const labelled =
    'labels: { ambassador: [{ all: [{ remote_address: { key: remote_address } }] }] }';
  await asEmissary.apply(
    'limits.yaml',
    `
apiVersion: getambassador.io/v3alpha1
kind: RateLimitService
metadata: { name: limits, namespace: shop }
spec: { service: '127.0.0.1:9', protocol_version: v3, failure_mode_deny: true }
` +
      module('shop', 'diagnostics: { enabled: false }') +
      mapping(
        'limited',
        backend.port,
        `prefix: /limited/, ${labelled}`,
        'name: limited, namespace: shop',
      ),
  );
  t.is((await asEmissary.ask({ path: '/limited/' })).status, 500);
  await asEmissary.apply('domain.yaml', module('blog', 'default_label_domain: other', 2025));
  t.is((await asEmissary.ask({ path: '/limited/' })).status, 500);
  await asEmissary.remove('domain.yaml');
  await asEmissary.remove('limits.yaml');
});
test.serial('with isolation it guards nothing', answers, isolated, auth('blog'), 200);
test.serial(
  'nor does one that cannot be read',
  answers,
  isolated,
  auth('blog', ', proto: htp, ambassador_id: 7'),
  200,
);
test.serial('nor does a Module', answers, isolated, limits('blog'), 200);
test.serial(
  'of the namespace of the installation it guards all requests',
  answers,
  isolated,
  auth('gateway'),
  403,
);
test.serial('and of a trusted namespace', answers, isolated, limits('tools'), 403);

/** A Service of the namespace `blog` that carries an object of the namespace of the installation. */
const carried = (fields: string): string =>
  carrier('web\n  namespace: blog', [
    annotated(`apiVersion: getambassador.io/v3alpha1, namespace: gateway, ${fields}`),
  ]);

for (const [what, fields] of [
  ['an AuthService', 'kind: AuthService, name: auth, auth_service: "127.0.0.1:9"'],
  ['one that cannot be read', 'kind: AuthService, name: auth, proto: htp'],
  ['a Module', 'kind: Module, name: ambassador, config: { ip_deny: [{ peer: 127.0.0.0/8 }] }'],
  ['a Module that cannot be read', 'kind: Module, name: ambassador, config: { ip_deny: no }'],
])
  test.serial(
    `in an annotation of another namespace ${what} guards nothing, whatever namespace it names`,
    answers,
    isolated,
    carried(fields ?? ''),
    200,
  );

test.serial('without isolation it guards all requests there too', async (t) => {
  await asEmissary.apply('guard.yaml', carried('kind: AuthService, name: auth, proto: htp'));
  t.is((await asEmissary.ask({ path: '/' })).status, 503);
  await asEmissary.remove('guard.yaml');
});

test.serial('who governs from elsewhere is told so', async (t) => {
  await asEmissary.apply('guard.yaml', auth('blog'));
  await isolated.apply('guard.yaml', auth('blog'));

  t.like(await asEmissary.problems('AuthService blog/auth'), [{ problem: 'Note' }]);
  t.like(await isolated.problems('AuthService blog/auth'), [{ problem: 'NotAttached' }]);
});

/** An object that is told of requests, or asked about them, of a service that is not there. */
const around = (kind: string, namespace: string, spec: string): string => `
---
apiVersion: getambassador.io/v3alpha1
kind: ${kind}
metadata: { name: around, namespace: ${namespace} }
spec: { service: '127.0.0.1:9', ${spec} }
`;

for (const [kind, spec, mark] of [
  ['RateLimitService', 'domain: here', 'filters.http.ratelimit'],
  ['LogService', 'driver: http', 'access_loggers.http_grpc'],
  ['TracingService', 'driver: zipkin', 'tracers.zipkin'],
] as const)
  test.serial(`with isolation a ${kind} counts in trusted namespaces only`, async (t) => {
    const isThere = async ({ envoy }: Gateway): Promise<boolean> =>
      JSON.stringify(await envoy.configDump('?resource=dynamic_listeners')).includes(mark);
    await isolated.apply('around.yaml', around(kind, 'blog', spec));
    t.false(await isThere(isolated));
    t.like(await isolated.problems(`${kind} blog/around`), [{ problem: 'NotAttached' }]);
    await isolated.apply('around.yaml', around(kind, 'tools', spec));
    t.true(await isThere(isolated));
    t.deepEqual(await isolated.problems(`${kind} tools/around`), []);
    await isolated.remove('around.yaml');
    await asEmissary.apply('around.yaml', around(kind, 'blog', spec));
    t.true(await isThere(asEmissary));
    t.like(await asEmissary.problems(`${kind} blog/around`), [{ problem: 'Note' }]);
    await asEmissary.remove('around.yaml');
    t.is((await isolated.ask({ path: '/' })).status, 200);
  });
