import test from 'ava';

import { arrival, kindEvents } from '../../../src/kube/arrival.ts';
import { isKind } from '../../../src/kube/kind.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import { oldDocuments } from '../../k8s/old-documents.ts';

const metadata = {
  ...{ namespace: 'shop', name: 'web', uid: 'u', generation: 3, labels: { team: 'blue' } },
  managedFields: [{ manager: 'kubectl', apiVersion: 'getambassador.io/v3alpha1' }],
};
const mapping = (more: object = {}, changes: object = {}) => ({
  metadata: { ...metadata, ...changes },
  spec: { prefix: '/', service: 'web' },
  ...more,
});
const stampOf = (raw: unknown): string | undefined => arrival('Mapping')(raw).stamp;

test('an item of a list, which does not say what it is, is read as its kind', (t) => {
  const { key, item } = arrival('Mapping')(mapping());

  t.is(key, 'shop/web');
  t.deepEqual(item?.version, { uid: 'u', generation: 3 });
  t.deepEqual(item?.problems, []);
  t.like(item?.object, { spec: { prefix: '/' } });
});

test('the stamp stays while only status and annotations change', (t) => {
  const statusWriter = { manager: 'headgate', apiVersion: 'a/v1', subresource: 'status' };

  for (const same of [
    mapping({ status: { state: 'Running' } }),
    mapping({}, { annotations: { a: 'b' }, resourceVersion: '9' }),
    mapping({}, { managedFields: [...metadata.managedFields, statusWriter] }),
  ])
    t.is(stampOf(same), stampOf(mapping()));
});

test('the stamp changes with what the owner writes, with labels, with the annotations that are for us, and with another object', (t) => {
  const stamps = [
    mapping(),
    mapping({}, { annotations: { 'headgate.io/tls-layout': 'chains' } }),
    mapping({}, { annotations: { 'headgate.io/mapping-namespaces': 'shop' } }),
    mapping({}, { generation: 4 }),
    mapping({}, { labels: { team: 'red' } }),
    mapping({}, { uid: 'v' }),
    mapping({}, { managedFields: [{ manager: 'kubectl', apiVersion: 'getambassador.io/v2' }] }),
  ].map(stampOf);

  t.is(new Set(stamps).size, stamps.length);
});

test('of a status only the addresses of a Gateway and of a load balancer are kept, and a Gateway that gets another one comes again', (t) => {
  const gateway = (status: object) => ({
    metadata: { ...metadata, namespace: 'shop' },
    spec: { gatewayClassName: 'headgate', listeners: [] },
    status,
  });
  const service = (status: object) => ({ metadata, spec: { ports: [{ port: 80 }] }, status });
  const kept = (kind: 'Gateway' | 'Service', raw: unknown): unknown => {
    const { object } = arrival(kind)(raw).item ?? {};
    return object !== undefined && 'status' in object ? object.status : undefined;
  };
  const addresses = [{ type: 'IPAddress', value: '192.0.2.7' }];
  const ingress = [{ ip: '192.0.2.7' }];

  t.deepEqual(kept('Gateway', gateway({ addresses, conditions: [] })), { addresses });
  t.is(kept('Gateway', gateway({ addresses: [], conditions: [] })), undefined);
  t.deepEqual(kept('Service', service({ loadBalancer: { ingress }, conditions: [] })), {
    loadBalancer: { ingress },
  });
  t.is(kept('Service', service({ loadBalancer: {} })), undefined);
  const { stamp } = arrival('Gateway')(gateway({}));
  t.is(arrival('Gateway')(gateway({ conditions: [{}] })).stamp, stamp);
  t.not(arrival('Gateway')(gateway({ addresses })).stamp, stamp);
});

test('what has no generation has no stamp, and neither has what is not ours', (t) => {
  t.is(stampOf(mapping({}, { generation: undefined })), undefined);
  t.is(arrival('Service')({ metadata, spec: { ports: [{ port: 80 }] } }).stamp, undefined);
});

test('a Service comes with the objects of Emissary in its annotation, which are its own part of the event', (t) => {
  const text = 'apiVersion: getambassador.io/v2\nkind: Mapping\nname: a\nprefix: /\nservice: web\n';
  const { key, item } = arrival('Service')({
    metadata: {
      name: 'web',
      namespace: 'shop',
      uid: 'u',
      annotations: { 'getambassador.io/config': text },
    },
    spec: { ports: [{ port: 80 }] },
  });
  t.is(key, 'shop/web');
  t.deepEqual(item?.object?.metadata, { name: 'web', namespace: 'shop', labels: {} });
  t.deepEqual(item?.problems, []);
  t.deepEqual(item?.version, { uid: 'u' });
  t.like(item?.carries?.objects[0], {
    ...{ kind: 'Mapping', document: 1, isFlat: true },
    item: { key: 'shop/a', version: { uid: 'u', carrier: 'Service shop/web' } },
  });
});

test('an Ingress whose annotation names another class is as if it was not read', (t) => {
  const of = (annotations: object, spec = {}): unknown =>
    arrival('Ingress')({ metadata: { ...metadata, annotations }, spec }).item?.object;

  t.is(of({ 'kubernetes.io/ingress.class': 'nginx' }), undefined);
  t.truthy(of({ 'kubernetes.io/ingress.class': 'Ambassador' }));
  t.truthy(of({ 'kubernetes.io/ingress.class': 'nginx' }, { ingressClassName: 'edge' }));
  t.truthy(of({}));
});

test('of an Ingress that may be of another class it is not said which of its fields are not known', (t) => {
  const said = (ingressClassName: string): readonly string[] => {
    const spec = { ingressClassName, rulez: [], tls: [{ secretName: 7 }] };
    return (arrival('Ingress')({ metadata, spec }).item?.problems ?? []).map(showProblem);
  };
  const wrong =
    'Ingress shop/web: spec.tls[0].secretName: expected a lower-case RFC 1123 name of at most 253 characters, got 7';

  t.deepEqual(said('ambassador'), [
    'Ingress shop/web: spec.rulez: no such field; it has no effect; did you mean rules?',
    wrong,
  ]);
  t.deepEqual(said('nginx'), [wrong]);
});

test('of a Secret of a type that holds no certificate only the type is kept', (t) => {
  const data = { release: 'c2VjcmV0' };
  const { item } = arrival('Secret')({ metadata, type: 'helm.sh/release.v1', data });

  t.deepEqual(item?.object, {
    metadata: { name: 'web', namespace: 'shop', labels: {} },
    type: 'helm.sh/release.v1',
  });
});

test('a kind that is not installed is empty, with a problem; one that is forbidden keeps what it has', (t) => {
  const said = (cause: 'NotInstalled' | 'Forbidden' | 'Unreachable') =>
    kindEvents('Mapping')({ _tag: 'Interrupted', cause, message: 'why' }).map((event) =>
      event._tag === 'Reported' ? event.problems.map(showProblem) : event._tag,
    );

  t.deepEqual(said('NotInstalled'), ['Listed', ['mappings.getambassador.io: why']]);
  t.deepEqual(said('Forbidden'), [['mappings.getambassador.io: why']]);
  t.deepEqual(said('Unreachable'), []);
});

for (const { says, apiVersion, kind, spec, read } of oldDocuments)
  test(`written in ${apiVersion} and served as it is stored: ${says}`, (t) => {
    const managedFields = [
      { manager: 'kubectl', apiVersion, fieldsV1: { 'f:spec': { 'f:prefix': {} } } },
      { manager: 'a', apiVersion: 'getambassador.io/v3alpha1', fieldsV1: { 'f:metadata': {} } },
    ];
    if (!isKind(kind)) throw new Error(`${kind} is no kind of ours`);
    const { item } = arrival(kind)({ metadata: { ...metadata, managedFields }, spec });

    t.like(item?.object, { spec: read });
  });
