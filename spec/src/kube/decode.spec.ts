import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import type { Decoded } from '../../../src/kube/kube-event.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { aHost, aMapping, aService, aSlice, type Manifest } from '../../_support/world/builders.ts';

const decoded = (raw: unknown): Decoded => {
  const decoding = decode(raw);
  if (decoding._tag !== 'Decoded') throw new Error(`expected Decoded, found ${decoding._tag}`);
  return decoding.item;
};

const rejection = (raw: unknown): readonly string[] => {
  const decoding = decode(raw);
  return decoding._tag === 'Rejected' ? decoding.problems.map(showProblem) : [];
};

test('keeps what can matter and drops the rest', (t) => {
  const raw = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop', resourceVersion: '7', managedFields: [{}] },
    spec: {
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http' }],
    },
    status: { loadBalancer: {} },
  };

  t.deepEqual(decoded(raw), {
    key: 'shop/web',
    object: {
      metadata: { name: 'web', namespace: 'shop', labels: {} },
      spec: {
        type: 'ClusterIP',
        ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
      },
    },
    problems: [],
  });
});

test('reads durations into milliseconds and a bare ambassador_id into a list', (t) => {
  const raw = aMapping('shop/web', {
    ambassador_id: 'edge',
    retry_policy: { retry_on: '5xx', per_try_timeout: '1.5s' },
  });

  t.like(decoded(raw).object, {
    spec: {
      ambassador_id: ['edge'],
      retry_policy: { retry_on: '5xx', per_try_timeout: 1500 },
    },
  });
});

test('takes null for absent, as Kubernetes does', (t) => {
  t.deepEqual(decoded(aMapping('shop/web', { timeout_ms: null })), decoded(aMapping('shop/web')));
});

test('reads the same from fields in another order', (t) => {
  const one = decoded(
    aMapping('shop/web', { grpc: true, cors: { methods: ['GET'], credentials: true } }),
  );
  const other = decoded(
    aMapping('shop/web', { cors: { credentials: true, methods: ['GET'] }, grpc: true }),
  );

  t.is(JSON.stringify(one), JSON.stringify(other));
});

test('an object without a namespace is in default', (t) => {
  const raw = { apiVersion: 'getambassador.io/v3alpha1', kind: 'Host', metadata: { name: 'a' } };

  t.deepEqual(decoded(raw), {
    key: 'default/a',
    object: { metadata: { name: 'a', namespace: 'default', labels: {} }, spec: {} },
    problems: [],
  });
});

test('names every unknown field of our own kinds, at any depth, and keeps the object', (t) => {
  const raw = aMapping('shop/web', {
    prefixx: '/',
    cors: { origin: 'x' },
    circuit_breakers: [{ max: 1 }],
    headers: { anything: 'goes' },
    envoy_override: { anything: 'goes' },
  });
  const { object, problems } = decoded(raw);

  t.deepEqual(problems.map(showProblem), [
    'Mapping shop/web: spec.circuit_breakers[0].max: no such field; it has no effect',
    'Mapping shop/web: spec.cors.origin: no such field; it has no effect; did you mean origins?',
    'Mapping shop/web: spec.prefixx: no such field; it has no effect; did you mean prefix?',
  ]);
  t.like(object, { spec: { prefix: '/' } });
});

test('a status and unknown metadata are no problem', (t) => {
  const raw = { ...aHost('shop/a'), status: { state: 'Ready' } };

  t.deepEqual(decoded(raw).problems, []);
});

test('nothing can be set through __proto__', (t) => {
  const raw: unknown = JSON.parse(
    '{"apiVersion":"getambassador.io/v3alpha1","kind":"Mapping","metadata":{"name":"a"},' +
      '"spec":{"__proto__":{"prefix":"/","service":"evil"},"headers":{"__proto__":"x"}}}',
  );

  t.deepEqual(decoded(raw).problems.map(showProblem), [
    'Mapping default/a: spec.headers.__proto__: expected another key, got "__proto__"',
    'Mapping default/a: spec.__proto__: no such field; it has no effect',
    'Mapping default/a: spec.prefix: expected a path of at most 4096 characters without NUL and line breaks, got nothing',
    'Mapping default/a: spec.service: expected a string of at most 1024 characters without NUL and line breaks, got nothing',
  ]);
});

test('what is nested without end costs the object, not the process', (t) => {
  const deep: unknown = JSON.parse('['.repeat(5000) + ']'.repeat(5000));
  const { object, problems } = decoded(aMapping('shop/web', { envoy_override: deep }));

  t.is(object, undefined);
  t.like(problems, [{ _tag: 'InvalidField', expected: 'at most 64 levels of nesting' }]);
});

test('a kind that is not translated is read and checked, and each object says so', (t) => {
  const raw = (content: unknown) => ({
    apiVersion: 'getambassador.io/v3alpha1',
    kind: 'DevPortal',
    metadata: { name: 'docs' },
    spec: { content },
  });

  t.deepEqual(decoded(raw({ dir: 'edge' })), {
    key: 'default/docs',
    object: {
      metadata: { name: 'docs', namespace: 'default', labels: {} },
      spec: { content: { dir: 'edge' } },
    },
    problems: [
      {
        ...{ _tag: 'Note', object: 'DevPortal default/docs', field: '' },
        note: 'no effect: it is for Ambassador Edge Stack',
      },
    ],
  });
  t.deepEqual(decoded(raw('edge')).problems.map(showProblem), [
    'DevPortal default/docs: no effect: it is for Ambassador Edge Stack',
    'DevPortal default/docs: spec.content: expected an object, got "edge"',
  ]);
});

test('other kinds are ignored, with a description', (t) => {
  t.deepEqual(decode({ apiVersion: 'apps/v1', kind: 'Deployment' }), {
    _tag: 'Ignored',
    description: 'Deployment of apps/v1',
  });
  t.like(decode({ apiVersion: 'serving.knative.dev/v1', kind: 'Service' }), { _tag: 'Ignored' });
});

const isRejected = test.macro({
  exec: (t, raw: unknown, problem: string) => {
    t.deepEqual(rejection(raw), [problem]);
  },
  title: (name = '') => `rejects ${name}`,
});

const of = (apiVersion: string, kind: string, name: unknown = 'a') => ({
  apiVersion,
  kind,
  metadata: { name },
});

const v3 = 'getambassador.io/v3alpha1';

test('text', isRejected, 'a', 'Object default/?: expected a Kubernetes object, got a string');
test(
  'what has no kind',
  isRejected,
  { a: 1 },
  'Object default/?: kind: expected the kind of a Kubernetes object, got nothing',
);
test(
  'a kind that nobody knows',
  isRejected,
  of(v3, 'Maping'),
  'Maping default/a: kind: expected a kind of getambassador.io, got "Maping"; did you mean Mapping?',
);
test(
  'a version that nobody knows',
  isRejected,
  of('getambassador.io/v4', 'Mapping'),
  'Mapping default/a: apiVersion: expected getambassador.io/v3alpha1, got getambassador.io/v4',
);
test(
  'an old version of another group',
  isRejected,
  of('discovery.k8s.io/v1beta1', 'EndpointSlice'),
  'EndpointSlice default/a: apiVersion: expected discovery.k8s.io/v1, got discovery.k8s.io/v1beta1',
);
test(
  'the old group of Emissary before a version of Kubernetes',
  isRejected,
  of('x.v1', 'Service'),
  'Service default/a: apiVersion: expected v1, got x.v1',
);
test(
  'a name with a slash',
  isRejected,
  of(v3, 'Host', 'a/b c'),
  'Host default/a?b?c: metadata.name: expected a lower-case RFC 1123 name of at most 253 characters, got "a/b c"',
);
test(
  'no name',
  isRejected,
  { apiVersion: v3, kind: 'Host' },
  'Host default/?: metadata.name: expected a lower-case RFC 1123 name of at most 253 characters, got nothing',
);

test('keeps the labels by which something is chosen, and no others', (t) => {
  const labels = { 'kubernetes.io/service-name': 'web', 'helm.sh/chart': 'web-1.2.3' };
  const labelsOf = (raw: Manifest): unknown => decoded(raw).object?.metadata.labels;

  t.deepEqual(labelsOf(aHost('shop/web', {}, labels)), labels);
  t.deepEqual(labelsOf({ ...aSlice('shop/web-1', 'web', []), metadata: { name: 'a', labels } }), {
    'kubernetes.io/service-name': 'web',
  });
  t.deepEqual(labelsOf({ ...aService('shop/web'), metadata: { name: 'a', labels } }), {});
});

test('half of a character is replaced, as an API server does', (t) => {
  const decoding = decode({
    apiVersion: 'getambassador.io/v3alpha1',
    kind: 'Mapping',
    metadata: { name: 'm' },
    spec: { prefix: '/a\ud800b', service: 'web', hostname: '*' },
  });

  t.like(decoding, { item: { object: { spec: { prefix: '/a\ufffdb' } } } });
});
