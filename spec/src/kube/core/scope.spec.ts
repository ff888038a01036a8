import test from 'ava';

import { keyParts, refParts } from '../../../../src/ir/object-ref.ts';
import { Key, Ref } from '../../../../src/journal/reference.ts';
import { keyOf } from '../../../../src/kube/arrival.ts';
import { metaKey } from '../../../../src/kube/core/object-meta.ts';
import { refOf } from '../../../../src/kube/identity.ts';

/** As a file may have it, with a namespace that means nothing. */
const metadata = { namespace: 'shop', name: 'edge', labels: {} };

test('an object of the cluster has a key without a namespace, however it is read', (t) => {
  t.is(metaKey('Cluster', metadata), '/edge');
  t.is(keyOf('Cluster', { metadata }), '/edge');
  t.is(keyOf('Cluster', { metadata: { name: 'edge' } }), '/edge');
  t.is(refOf('Class', metadata, 'Cluster'), 'Class /edge');
  t.is(refOf('Class', undefined, 'Cluster'), 'Class /?');
});

test('an object in a namespace has it in its key, and `default` where it has none', (t) => {
  t.is(metaKey('Namespaced', metadata), 'shop/edge');
  t.is(keyOf('Namespaced', { metadata }), 'shop/edge');
  t.is(keyOf('Namespaced', { metadata: { name: 'edge' } }), 'default/edge');
  t.is(refOf('Host', metadata, 'Namespaced'), 'Host shop/edge');
  t.is(refOf('Host', { name: 'edge' }, 'Namespaced'), 'Host default/edge');
});

test('a key without a namespace can be taken apart, and a journal can hold it', (t) => {
  t.deepEqual(keyParts('/edge'), ['', 'edge']);
  t.deepEqual(refParts('Class /edge'), ['Class', '/edge']);
  t.true(Key.is('/edge'));
  t.true(Ref.is('Class /edge'));
});
