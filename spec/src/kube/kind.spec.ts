import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import {
  kinds,
  kindsOf,
  kindTable,
  neededDefinitions,
  referencesOf,
  type Kind,
} from '../../../src/kube/kind.ts';
import { aHost, aMapping } from '../../_support/world/builders.ts';

test('kinds of a language have its group and a status; those of Kubernetes itself are of no language', (t) => {
  const others = kinds.filter((kind) => kindTable[kind].language === undefined);

  t.deepEqual(others, [
    ...['Ingress', 'IngressClass', 'CustomResourceDefinition', 'Namespace'],
    ...['Service', 'EndpointSlice', 'Secret', 'ConfigMap'],
  ]);
  for (const kind of kindsOf('emissary'))
    t.is(kindTable[kind].apiVersion, 'getambassador.io/v3alpha1');
  t.is(kindsOf('emissary').length, 14);
  t.deepEqual(
    kindsOf('gateway').map((kind) => `${kind} ${kindTable[kind].apiVersion}`),
    [
      'GatewayClass gateway.networking.k8s.io/v1',
      'Gateway gateway.networking.k8s.io/v1',
      'ListenerSet gateway.networking.k8s.io/v1',
      'HTTPRoute gateway.networking.k8s.io/v1',
      'GRPCRoute gateway.networking.k8s.io/v1',
      'BackendTLSPolicy gateway.networking.k8s.io/v1',
      'ReferenceGrant gateway.networking.k8s.io/v1beta1',
    ],
  );
});

test('what is of the cluster itself is in no namespace', (t) => {
  t.deepEqual(
    kinds.filter((kind) => kindTable[kind].scope === 'Cluster'),
    ['GatewayClass', 'IngressClass', 'CustomResourceDefinition', 'Namespace'],
  );
});

const needed = test.macro({
  exec(t, kind: Kind, definitions: readonly string[] | 'none') {
    const all = [
      'gateways.gateway.networking.k8s.io',
      'httproutes.gateway.networking.k8s.io',
      'tlsroutes.gateway.networking.k8s.io',
      'xmeshes.gateway.networking.x-k8s.io',
      'mappings.getambassador.io',
    ];
    const isNeeded = neededDefinitions(kind);

    t.deepEqual(isNeeded === undefined ? 'none' : all.filter(isNeeded), definitions);
  },
  title: (_, kind) => `the definitions of which one must be there for ${kind} to be read`,
});

test(needed, 'Mapping', 'none');
test(needed, 'Service', 'none');
test(needed, 'Secret', 'none');
test(needed, 'Gateway', ['gateways.gateway.networking.k8s.io']);
const ofGatewayApi = ['gateways', 'httproutes', 'tlsroutes'].map(
  (plural) => `${plural}.gateway.networking.k8s.io`,
);
test(needed, 'Namespace', ofGatewayApi);
test(needed, 'ConfigMap', ofGatewayApi);

const refersTo = test.macro({
  exec(t, raw: unknown, expected: readonly string[]) {
    const decoding = decode(raw);
    if (decoding._tag !== 'Decoded' || decoding.item.object === undefined)
      throw new Error('expected an object');

    t.deepEqual(referencesOf(decoding.kind, decoding.item.object), expected);
  },
  title: (name = '') => `what must be fetched for an object: ${name}`,
});

const host = (tlsSecret?: object) => aHost('shop/web', { hostname: 'web.test', tlsSecret });

test('the Secret of a Host', refersTo, host({ name: 'web' }), ['Secret shop/web']);
test(
  'a Secret in another namespace',
  refersTo,
  ...([host({ name: 'web', namespace: 'certs' }), ['Secret certs/web']] as const),
);
test('nothing for a Host without a Secret', refersTo, host(), []);
test('nothing for a kind that refers to nothing', refersTo, aMapping('shop/web'), []);
