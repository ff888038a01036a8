import test from 'ava';

import { decode } from '../../../../src/kube/decode.ts';

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
