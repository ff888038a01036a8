import test from 'ava';

import { arrival } from '../../../../src/kube/arrival.ts';
import { decode } from '../../../../src/kube/decode.ts';
import { showProblem } from '../../../../src/problem/show-problem.ts';

const version = 'gateway.networking.k8s.io/v1';

const anObject = (kind: string, spec: object, apiVersion = version): object => ({
  apiVersion,
  kind,
  metadata: { namespace: 'shop', name: 'a', labels: { team: 'web' } },
  spec,
});

/** The spec as it is read. */
const specOf = (raw: object): unknown => {
  const decoding = decode(raw);
  if (decoding._tag !== 'Decoded') throw new Error(JSON.stringify(decoding));
  return (decoding.item.object as { readonly spec: unknown } | undefined)?.spec;
};

const problemsOf = (raw: object): readonly string[] => {
  const decoding = decode(raw);
  if (decoding._tag === 'Ignored') return [];
  return (decoding._tag === 'Decoded' ? decoding.item.problems : decoding.problems).map(
    showProblem,
  );
};

const parent = { group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'edge' };
const everything = { path: { type: 'PathPrefix', value: '/' } };

const reads = test.macro({
  exec(t, kind: string, written: object, expected: object) {
    t.deepEqual(specOf(anObject(kind, written)), expected);
  },
  title: (name = '') =>
    `what is not written has the value that the API server would give it: ${name}`,
});

test('a route without rules', reads, 'HTTPRoute', {}, { rules: [{ matches: [everything] }] });
test('a gRPC route without rules stays so', reads, 'GRPCRoute', {}, {});
test(
  'an HTTPRoute',
  reads,
  'HTTPRoute',
  {
    parentRefs: [{ name: 'edge' }],
    rules: [
      { backendRefs: [{ name: 'web', port: 80 }] },
      {
        matches: [
          { headers: [{ name: 'x-a', value: 'b' }] },
          { path: { value: '/a' }, queryParams: [{ name: 'q', value: '1' }] },
          { path: { type: 'Exact' } },
        ],
        filters: [
          { type: 'RequestRedirect', requestRedirect: { hostname: 'b.example' } },
          { type: 'CORS', cors: {} },
          {
            type: 'RequestMirror',
            requestMirror: { backendRef: { name: 'copy' }, fraction: { numerator: 1 } },
          },
        ],
        retry: { codes: [503] },
        timeouts: { request: '1m30s', backendRequest: '0s' },
      },
    ],
  },
  {
    parentRefs: [parent],
    rules: [
      {
        matches: [everything],
        backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 80, weight: 1 }],
      },
      {
        matches: [
          { ...everything, headers: [{ type: 'Exact', name: 'x-a', value: 'b' }] },
          {
            path: { type: 'PathPrefix', value: '/a' },
            queryParams: [{ type: 'Exact', name: 'q', value: '1' }],
          },
          { path: { type: 'Exact', value: '/' } },
        ],
        filters: [
          {
            type: 'RequestRedirect',
            requestRedirect: { statusCode: 302, hostname: 'b.example' },
          },
          { type: 'CORS', cors: { maxAge: 5 } },
          {
            type: 'RequestMirror',
            requestMirror: {
              backendRef: { group: '', kind: 'Service', name: 'copy' },
              fraction: { numerator: 1, denominator: 100 },
            },
          },
        ],
        retry: { attempts: 1, codes: [503] },
        timeouts: { request: 90_000, backendRequest: 0 },
      },
    ],
  },
);
test(
  'a GRPCRoute',
  reads,
  'GRPCRoute',
  { rules: [{ matches: [{ method: { service: 'a.B' } }], backendRefs: [{ name: 'b' }] }] },
  {
    rules: [
      {
        matches: [{ method: { type: 'Exact', service: 'a.B' } }],
        backendRefs: [{ group: '', kind: 'Service', name: 'b', weight: 1 }],
      },
    ],
  },
);
test(
  'a Gateway',
  reads,
  'Gateway',
  {
    gatewayClassName: 'headgate',
    addresses: [{ value: '10.0.0.1' }],
    allowedListeners: { namespaces: {} },
    listeners: [
      {
        ...{ name: 'https', port: 443, protocol: 'HTTPS' },
        tls: { certificateRefs: [{ name: 'cert' }] },
        allowedRoutes: { namespaces: {}, kinds: [{ kind: 'HTTPRoute' }] },
      },
    ],
    tls: {
      backend: { clientCertificateRef: { name: 'own' } },
      frontend: {
        default: {
          validation: { caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }] },
        },
      },
    },
  },
  {
    gatewayClassName: 'headgate',
    addresses: [{ type: 'IPAddress', value: '10.0.0.1' }],
    allowedListeners: { namespaces: { from: 'None' } },
    listeners: [
      {
        ...{ name: 'https', port: 443, protocol: 'HTTPS' },
        tls: {
          mode: 'Terminate',
          certificateRefs: [{ group: '', kind: 'Secret', name: 'cert' }],
        },
        allowedRoutes: {
          namespaces: { from: 'Same' },
          kinds: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' }],
        },
      },
    ],
    tls: {
      backend: { clientCertificateRef: { group: '', kind: 'Secret', name: 'own' } },
      frontend: {
        default: {
          validation: {
            mode: 'AllowValidOnly',
            caCertificateRefs: [{ group: '', kind: 'ConfigMap', name: 'ca' }],
          },
        },
      },
    },
  },
);
test(
  'a ListenerSet',
  reads,
  'ListenerSet',
  { parentRef: { name: 'edge' }, listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
  {
    parentRef: parent,
    listeners: [
      {
        ...{ name: 'http', port: 80, protocol: 'HTTP' },
        allowedRoutes: { namespaces: { from: 'Same' } },
      },
    ],
  },
);

const duration = test.macro({
  exec(t, written: string, expected: number | undefined) {
    const read = specOf(anObject('HTTPRoute', { rules: [{ timeouts: { request: written } }] }));

    t.deepEqual(
      (
        read as { readonly rules: readonly { readonly timeouts: unknown }[] } | undefined
      )?.rules.map(({ timeouts }) => timeouts),
      expected === undefined ? undefined : [{ request: expected }],
    );
  },
  title: (_, written, expected) =>
    `a duration ${written} is ${expected === undefined ? 'refused' : `${expected} ms`}`,
});

test(duration, '10ms', 10);
test(duration, '1h1m1s1ms', 3_661_001);
test(duration, '0h', 0);
test(duration, '99999h', 576 * 3_600_000);
test(duration, '1.5s', undefined);
test(duration, '1d', undefined);
test(duration, '100000s', undefined);

test('labels mean nothing, and are not kept; the age is, where it decides', (t) => {
  const raw = anObject('HTTPRoute', {});
  const aged = { ...raw, metadata: { name: 'a', creationTimestamp: '2026-11-30T12:00:00Z' } };
  const metadata = (one: object): unknown => {
    const decoding = decode(one);
    return decoding._tag === 'Decoded' ? decoding.item.object?.metadata : undefined;
  };

  t.deepEqual(metadata(raw), { namespace: 'shop', name: 'a', labels: {} });
  t.deepEqual(metadata(aged), {
    ...{ namespace: 'default', name: 'a', labels: {} },
    creationTimestamp: '2026-11-30T12:00:00Z',
  });
});

test('what is written in a version of the same shape is read as it is', (t) => {
  for (const [kind, old] of [
    ['GatewayClass', 'v1beta1'],
    ['Gateway', 'v1beta1'],
    ['HTTPRoute', 'v1beta1'],
    ['GRPCRoute', 'v1alpha2'],
    ['BackendTLSPolicy', 'v1alpha3'],
    ['ReferenceGrant', 'v1'],
    ['ReferenceGrant', 'v1alpha2'],
  ] as const)
    t.like(
      decode(anObject(kind, {}, `gateway.networking.k8s.io/${old}`)),
      { _tag: 'Decoded', kind },
      `${kind} ${old}`,
    );
});

const says = test.macro({
  exec(t, raw: object, ...expected: readonly string[]) {
    t.deepEqual(problemsOf(raw), expected);
  },
  title: (name = '') => `what is wrong with ${name}`,
});

test(
  'another version',
  says,
  anObject('HTTPRoute', {}, 'gateway.networking.k8s.io/v1alpha2'),
  'HTTPRoute shop/a: apiVersion: expected gateway.networking.k8s.io/v1, got gateway.networking.k8s.io/v1alpha2',
);
for (const kind of ['TLSRoute', 'TCPRoute', 'UDPRoute'])
  test(
    `a ${kind}`,
    says,
    anObject(kind, {}, 'gateway.networking.k8s.io/v1alpha2'),
    `${kind} shop/a: not supported yet; it has no effect`,
  );
test(
  'a kind that is tried out',
  says,
  anObject('XBackend', {}, 'gateway.networking.x-k8s.io/v1alpha1'),
  'XBackend shop/a: not supported yet; it has no effect',
);
test(
  'a slip in a kind',
  says,
  anObject('HttpRoute', {}),
  'HttpRoute shop/a: kind: expected a kind of gateway.networking.k8s.io, got "HttpRoute"',
);
test(
  'a field that does not exist',
  says,
  anObject('HTTPRoute', { rules: [{ backendRef: [] }] }),
  'HTTPRoute shop/a: spec.rules[0].backendRef: no such field; it has no effect',
);
test(
  'fields of the experimental channel',
  says,
  anObject('HTTPRoute', { useDefaultGateways: 'All', rules: [{ sessionPersistence: {} }] }),
  'HTTPRoute shop/a: spec.rules[0].sessionPersistence: not supported yet; it has no effect',
  'HTTPRoute shop/a: spec.useDefaultGateways: not supported yet; it has no effect',
);
test(
  'a value within a field that has a default',
  says,
  anObject('HTTPRoute', { rules: [{ matches: [{ path: { type: 'Suffix' } }] }] }),
  'HTTPRoute shop/a: spec.rules[0].matches[0].path.type: expected one of "Exact", "PathPrefix", "RegularExpression", got "Suffix"',
);
test('a condition that is misspelt: the route would take more than its author said', (t) => {
  const matches = [{ path: { value: '/a' }, heders: [] }];

  t.is(specOf(anObject('HTTPRoute', { rules: [{ matches }] })), undefined);
});
test('filters of a listener: it would serve what they keep out', (t) => {
  const listener = { name: 'http', port: 80, protocol: 'HTTP', filters: { requests: [] } };
  const raw = anObject('Gateway', { gatewayClassName: 'headgate', listeners: [listener] });

  t.is(specOf(raw), undefined);
  t.deepEqual(problemsOf(raw), [
    'Gateway shop/a: spec.listeners[0].filters: expected nothing, because filters of listeners are not supported yet, got {"requests":[]}',
  ]);
});

const aGateway = (status: unknown, generation = 1): object => ({
  metadata: { namespace: 'shop', name: 'a', uid: 'u', generation },
  spec: { gatewayClassName: 'headgate', listeners: [] },
  status,
});

const arrived = (raw: object) => arrival('Gateway')(raw);

const given = (...values: readonly string[]) => ({
  addresses: values.map((value) => ({ type: 'IPAddress', value })),
});

test('of the status of a Gateway in a cluster the addresses are kept, and nothing else', (t) => {
  const status = { ...given('10.0.0.1'), conditions: [{ type: 'Accepted' }], listeners: [] };

  t.like(arrived(aGateway(status)).item, { object: { status: given('10.0.0.1') }, problems: [] });
  for (const other of [undefined, {}, given(), { addresses: 'x' }, { addresses: [{ value: 1 }] }])
    t.false('status' in (arrived(aGateway(other)).item?.object ?? {}), JSON.stringify(other));
});

test('in a file a status is what somebody copied', (t) => {
  const raw = { apiVersion: version, kind: 'Gateway', ...aGateway(given('10.0.0.1')) };
  const decoding = decode(raw);

  t.true(decoding._tag === 'Decoded' && decoding.item.object !== undefined);
  t.false(decoding._tag === 'Decoded' && 'status' in (decoding.item.object ?? {}));
});

test('a Gateway whose status was written is the same, unless its addresses are others', (t) => {
  const { stamp } = arrived(aGateway(given('10.0.0.1')));
  const stampWith = (status: object, generation = 1) => arrived(aGateway(status, generation)).stamp;

  t.truthy(stamp);
  t.is(stampWith({ ...given('10.0.0.1'), conditions: [{ type: 'Programmed' }] }), stamp);
  t.not(stampWith(given('10.0.0.2')), stamp);
  t.not(stampWith({}), stamp);
  t.not(stampWith(given('10.0.0.1'), 2), stamp);
});
