import test from 'ava';

import { decode } from '../../../src/kube/decode.ts';
import { kinds, kindsOf, kindTable, referencesOf } from '../../../src/kube/kind.ts';
import { aHost, aMapping } from '../../_support/world/builders.ts';

test('kinds of a language have its group and a status; those of Kubernetes itself are of no language', (t) => {
  const others = kinds.filter((kind) => kindTable[kind].language === undefined);

  t.deepEqual(others, ['Service', 'EndpointSlice', 'Secret']);
  for (const kind of kindsOf('emissary'))
    t.is(kindTable[kind].apiVersion, 'getambassador.io/v3alpha1');
  t.is(kindsOf('emissary').length, 14);
});

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
