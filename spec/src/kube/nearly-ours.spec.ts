import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';

const said = (apiVersion: string, kind: string): readonly string[] => {
  const decoding = decode({ apiVersion, kind, metadata: { name: 'a' } });
  return decoding._tag === 'Rejected' ? decoding.problems.map(showProblem) : [];
};

const isTold = test.macro({
  exec: (t, apiVersion: string, kind: string, problem: string) => {
    t.deepEqual(said(apiVersion, kind), [`${kind} default/a: ${problem}`]);
  },
  title: (name = '') => `what is nearly ours is told: ${name}`,
});

test(
  'a slip in the group',
  isTold,
  'getambasador.io/v3alpha1',
  'Mapping',
  'apiVersion: expected getambassador.io/v3alpha1, got "getambasador.io/v3alpha1"',
);
test(
  'a slip in the group, and a kind that nobody knows',
  isTold,
  'getambassador.com/v2',
  'Filter',
  'apiVersion: expected a version of getambassador.io, got "getambassador.com/v2"',
);
test(
  'a group of Kubernetes that has no such kind',
  isTold,
  'networking.k8s.io/v1',
  'HTTPRoute',
  'apiVersion: expected gateway.networking.k8s.io/v1, got "networking.k8s.io/v1"',
);
test('no group', isTold, 'v1', 'Host', 'apiVersion: expected getambassador.io/v3alpha1, got "v1"');
test(
  'the group of the other language',
  isTold,
  'getambassador.io/v3alpha1',
  'Gateway',
  'apiVersion: expected gateway.networking.k8s.io/v1, got "getambassador.io/v3alpha1"',
);
test(
  'a slip in a kind of Kubernetes itself',
  isTold,
  'v1',
  'Sevice',
  'kind: expected a kind of v1, got "Sevice"; did you mean Service?',
);

const isOfOthers = test.macro({
  exec: (t, apiVersion: string, kind: string) => {
    t.deepEqual(said(apiVersion, kind), []);
  },
  title: (_, apiVersion: string, kind: string) => `${kind} of ${apiVersion} is of others`,
});

test(isOfOthers, 'networking.istio.io/v1', 'Gateway');
test(isOfOthers, 'networking.k8s.io/v1', 'NetworkPolicy');
test(isOfOthers, 'serving.knative.dev/v1', 'Service');
test(isOfOthers, 'v1', 'ServiceAccount');
test(isOfOthers, 'v1', 'SecretList');
test(isOfOthers, 'apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition');
