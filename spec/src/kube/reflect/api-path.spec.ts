import test from 'ava';

import { apiPath } from '../../../../src/kube/reflect/api-path.ts';

const isAt = test.macro({
  exec(t, apiVersion: string, plural: string, namespace: string | undefined, expected: string) {
    t.is(apiPath({ apiVersion, plural, scope: 'Namespaced' }, namespace), expected);
  },
  title: (name = '') => `a path of the API: ${name}`,
});

test('the core group', isAt, 'v1', 'services', undefined, '/api/v1/services');
test('in a namespace', isAt, 'v1', 'secrets', 'shop', '/api/v1/namespaces/shop/secrets');
test(
  'another group',
  isAt,
  ...(['getambassador.io/v3alpha1', 'mappings', undefined] as const),
  '/apis/getambassador.io/v3alpha1/mappings',
);
test(
  'another group, in a namespace',
  isAt,
  ...(['discovery.k8s.io/v1', 'endpointslices', 'shop'] as const),
  '/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices',
);

test('a kind that is in no namespace is read as a whole, also by whoever reads one namespace', (t) => {
  const classes = { apiVersion: 'a.example/v1', plural: 'classes', scope: 'Cluster' } as const;

  t.is(apiPath(classes), '/apis/a.example/v1/classes');
  t.is(apiPath(classes, 'shop'), '/apis/a.example/v1/classes');
  t.is(apiPath(classes, ''), '/apis/a.example/v1/classes');
});
