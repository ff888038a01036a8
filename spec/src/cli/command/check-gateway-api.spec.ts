import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import test from 'ava';

import { headgate } from '../../../_support/process/headgate.ts';

const group = 'gateway.networking.k8s.io';

const good = `
apiVersion: ${group}/v1
kind: GatewayClass
metadata: { name: headgate }
spec: { controllerName: headgate.io/gateway-controller }
---
apiVersion: ${group}/v1
kind: Gateway
metadata: { name: good }
spec: { gatewayClassName: headgate, listeners: [{ name: http, protocol: HTTP, port: 8080 }] }
---
apiVersion: v1
kind: Service
metadata: { name: shop }
spec: { ports: [{ port: 80 }] }
`;

/** A route with rules of which the first is in line 5. */
const route = (name: string, ...rules: readonly string[]): string =>
  [
    `apiVersion: ${group}/v1`,
    'kind: HTTPRoute',
    `metadata: { name: ${name} }`,
    'spec: { parentRefs: [{ name: good }], rules: [',
    ...rules.map((rule) => `  ${rule},`),
    '  ]}',
    '',
  ].join('\n');

/** A Gateway with a listener whose last field is in line 9. */
const gateway = (name: string, field: string): string =>
  [
    `apiVersion: ${group}/v1`,
    'kind: Gateway',
    `metadata: { name: ${name} }`,
    'spec:',
    '  gatewayClassName: headgate',
    '  listeners:',
    '    - name: web',
    '      port: 8081',
    `      ${field}`,
    '',
  ].join('\n');

/** Manifests with one fault each: the file, its text, what is said of it. */
const faults: readonly (readonly [title: string, file: string, text: string, line: string])[] = [
  [
    'a class without a controller',
    'class.yaml',
    `apiVersion: ${group}/v1\nkind: GatewayClass\nmetadata: { name: none }\nspec: {}\n`,
    '4:1 GatewayClass none: spec.controllerName: expected a string of at most 253 characters without NUL and line breaks, got nothing',
  ],
  [
    'parameters that nobody reads',
    'parameters.yaml',
    `apiVersion: ${group}/v1\nkind: GatewayClass\nmetadata: { name: more }\nspec:\n  controllerName: headgate.io/gateway-controller\n` +
      '  parametersRef: { group: "", kind: ConfigMap, name: a }\n',
    '6:3 GatewayClass more: spec.parametersRef: not supported yet; it has no effect',
  ],
  [
    'a port that is too high',
    'port.yaml',
    gateway('port', 'protocol: HTTP').replace('8081', '70000'),
    '8:7 Gateway default/port: spec.listeners[0].port: expected an integer from 1 to 65535, got 70000',
  ],
  [
    'a protocol that is not served',
    'protocol.yaml',
    gateway('protocol', 'protocol: TCP'),
    '9:7 Gateway default/protocol: spec.listeners[0].protocol: expected HTTP or HTTPS, got "TCP"',
  ],
  [
    'a way to match paths that there is not',
    'path.yaml',
    route('path', '{ matches: [{ path: { type: Suffix, value: /a } }] }'),
    '5:25 HTTPRoute default/path: spec.rules[0].matches[0].path.type: expected one of "Exact", "PathPrefix", "RegularExpression", got "Suffix"',
  ],
  [
    'a slip in a field',
    'slip.yaml',
    route('slip', '{ backendRef: [{ name: web, port: 80 }] }'),
    '5:5 HTTPRoute default/slip: spec.rules[0].backendRef: no such field; it has no effect; did you mean backendRefs?',
  ],
  [
    'a field of the experimental channel',
    'later.yaml',
    route('later', '{ sessionPersistence: { sessionName: a } }'),
    '5:5 HTTPRoute default/later: spec.rules[0].sessionPersistence: not supported yet; it has no effect',
  ],
  [
    'a Gateway that does not exist',
    'parent.yaml',
    route('parent').replace('name: good', 'name: gone'),
    '4:24 HTTPRoute default/parent: spec.parentRefs[0].name: Gateway default/gone does not exist',
  ],
  [
    'a listener that does not exist',
    'section.yaml',
    route('section').replace('name: good', 'name: good, sectionName: https'),
    '4:22 HTTPRoute default/section: spec.parentRefs[0]: Gateway good has no listener named https for routes',
  ],
  [
    'a Service that does not exist',
    'backend.yaml',
    route('backend', '{ backendRefs: [{ name: gone, port: 80 }] }'),
    '5:19 HTTPRoute default/backend: spec.rules[0].backendRefs[0]: Service default/gone does not exist',
  ],
  [
    'a port that the Service does not have',
    'service-port.yaml',
    route('service-port', '{ backendRefs: [{ name: shop, port: 81 }] }'),
    '5:19 HTTPRoute default/service-port: spec.rules[0].backendRefs[0]: Service default/shop has no port 81; it has 80',
  ],
  [
    'a Service of another namespace without a grant',
    'foreign.yaml',
    route('foreign', '{ backendRefs: [{ name: shop, namespace: other, port: 80 }] }'),
    '5:19 HTTPRoute default/foreign: spec.rules[0].backendRefs[0]: Service other/shop of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here',
  ],
  [
    'a host name in capitals',
    'grpc.yaml',
    `apiVersion: ${group}/v1\nkind: GRPCRoute\nmetadata: { name: calls }\nspec:\n  hostnames:\n    - Calls.example.com\n`,
    '6:7 GRPCRoute default/calls: spec.hostnames[0]: expected a lower-case host name, perhaps with "*." before it, got "Calls.example.com"',
  ],
  [
    'a kind that is not read yet',
    'kind.yaml',
    `apiVersion: ${group}/v1\nkind: UDPRoute\nmetadata: { name: dns }\nspec: {}\n`,
    '1:1 UDPRoute default/dns: not supported yet; it has no effect',
  ],
];

/** All faulty files are checked by one process, together: none must hide another. */
const checked = (async () => {
  const folder = await mkdtemp(join(tmpdir(), 'headgate-'));
  await writeFile(join(folder, 'good.yaml'), good);
  for (const [, file, text] of faults) await writeFile(join(folder, file), text);
  const files = ['good.yaml', ...faults.map(([, file]) => file)];
  const outcome = await headgate(['check', ...files], { cwd: folder });
  await rm(folder, { recursive: true });
  return outcome;
})();

for (const [title, file, , line] of faults)
  test(`check names the place, the object and the field of ${title}`, async (t) => {
    const { stdout } = await checked;

    t.deepEqual(
      stdout.split('\n').filter((found) => found.startsWith(`${file}:`)),
      [`${file}:${line}`],
    );
  });

test('check exits with 1 and says nothing of what is good', async (t) => {
  const { code, stdout } = await checked;

  t.is(code, 1);
  t.is(stdout.split('\n').length - 1, faults.length);
});

/** What `kubectl get … -A -o yaml` gives: a list, with what the API server and controllers have added. */
const dump = `
apiVersion: v1
kind: List
metadata: { resourceVersion: "" }
items:
- apiVersion: ${group}/v1
  kind: GatewayClass
  metadata: { name: headgate, uid: a, generation: 1, resourceVersion: "7", creationTimestamp: "2026-11-30T12:00:00Z" }
  spec: { controllerName: headgate.io/gateway-controller }
  status: { conditions: [], supportedFeatures: [{ name: Gateway }] }
- apiVersion: ${group}/v1
  kind: Gateway
  metadata:
    name: good
    namespace: edge
    uid: b
    generation: 2
    creationTimestamp: "2026-11-30T12:00:00Z"
    annotations: { kubectl.kubernetes.io/last-applied-configuration: '{}' }
    managedFields: [{ manager: kubectl, operation: Apply }]
  spec:
    gatewayClassName: headgate
    listeners:
    - { name: http, protocol: HTTP, port: 80, allowedRoutes: { namespaces: { from: Same } } }
  status:
    addresses: [{ type: IPAddress, value: 192.0.2.7 }]
    listeners: [{ name: http, attachedRoutes: 0, supportedKinds: [], conditions: [] }]
- apiVersion: ${group}/v1
  kind: HTTPRoute
  metadata: { name: shop, namespace: shop, uid: c, generation: 1 }
  spec:
    parentRefs:
    - { group: ${group}, kind: Gateway, namespace: edge, name: good }
  status: { parents: [] }
`;

test('check takes an export of a cluster as it is', async (t) => {
  const { code, stdout, stderr } = await headgate(['check', '-'], { stdin: dump });

  t.is(stderr, 'checked 3 objects in 1 file: 1 unused\n');
  t.is(
    stdout,
    '<stdin>:33:7 HTTPRoute shop/shop: spec.parentRefs[0]: no listener of Gateway good takes routes of kind HTTPRoute of namespace shop\n',
  );
  t.is(code, 1);
});

test('check --json names an object that is in no namespace without one', async (t) => {
  const stdin = `apiVersion: ${group}/v1\nkind: GatewayClass\nmetadata: { name: none }\nspec: {}\n`;
  const { stdout } = await headgate(['check', '--json', '-'], { stdin });

  t.like(JSON.parse(stdout), [{ object: 'GatewayClass none', field: 'spec.controllerName' }]);
});

test('translate prints what Gateways and routes become', async (t) => {
  const stdin = good + '---\n' + route('shop', '{ backendRefs: [{ name: shop, port: 80 }] }');
  const { code, stdout, stderr } = await headgate(
    ['translate', '--json', '-o', 'ir', '--gateway-addresses', '10.0.0.9', '-'],
    { stdin },
  );
  const { listeners, virtualHosts } = JSON.parse(stdout) as Readonly<
    Record<string, Readonly<Record<string, { readonly routes: readonly { name: string }[] }>>>
  >;

  t.is(stderr, '');
  t.is(code, 0);
  t.deepEqual(Object.keys(listeners ?? {}), ['listener-10.0.0.9-8080']);
  t.deepEqual(
    Object.values(virtualHosts ?? {}).map(({ routes }) => routes.map(({ name }) => name)),
    [['HTTPRoute default/shop']],
  );
});
