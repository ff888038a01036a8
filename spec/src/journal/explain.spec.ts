import test from 'ava';

import type { ObjectRef } from '../../../src/ir/object-ref.ts';
import { explain, showExplanation } from '../../../src/journal/explain.ts';
import type { ResourceName } from '../../../src/xds/resource.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';

const from: Readonly<Record<string, readonly ObjectRef[]>> = {
  routes: ['Host shop/web', 'Mapping shop/cart'],
  cart: ['Mapping shop/cart', 'Service shop/cart'],
};
const provenance = ({ name }: ResourceName): readonly ObjectRef[] => from[name] ?? [];

test('names the objects of the batch that a changed resource comes from', (t) => {
  const explanation = explain(
    7,
    {
      at: 120,
      events: [
        { _tag: 'Deleted', kind: 'Mapping', key: 'shop/cart' },
        { _tag: 'Deleted', kind: 'Secret', key: 'shop/tls' },
      ],
    },
    [
      { typeUrl: TypeUrl.Cluster, name: 'cart', change: 'removed' },
      { typeUrl: TypeUrl.Routes, name: 'routes', change: 'updated' },
    ],
    provenance,
  );

  t.deepEqual(showExplanation(explanation), [
    '#7 at 120 ms: Mapping shop/cart deleted, Secret shop/tls deleted',
    '  - Cluster cart (Mapping shop/cart)',
    '  ~ Routes routes (Mapping shop/cart)',
  ]);
});

test('blames the whole batch for an indirect effect', (t) => {
  const { changes } = explain(
    2,
    { at: 0, events: [{ _tag: 'Verdict', node: 'edge-1', seq: 1, refused: [] }] },
    [{ typeUrl: TypeUrl.Cluster, name: 'cart', change: 'updated' }],
    provenance,
  );

  t.deepEqual(changes, [
    { typeUrl: TypeUrl.Cluster, name: 'cart', change: 'updated', because: ['Envoy edge-1'] },
  ]);
});

test('says which Envoy is gone', (t) => {
  const gone = { _tag: 'Disconnected', node: 'edge-1', stream: 4 } as const;
  t.deepEqual(showExplanation(explain(3, { at: 9, events: [gone] }, [], provenance)), [
    '#3 at 9 ms: Envoy edge-1 disconnected',
  ]);
});

test('counts a listed kind as a cause for all objects of the kind', (t) => {
  const explanation = explain(
    1,
    {
      at: 0,
      events: [
        { _tag: 'Listed', kind: 'Host', items: [] },
        { _tag: 'Reported', origin: 'b.yaml', problems: [] },
      ],
    },
    [{ typeUrl: TypeUrl.Routes, name: 'routes', change: 'added' }],
    provenance,
  );

  t.deepEqual(showExplanation(explanation), [
    '#1 at 0 ms: all of Host, b.yaml',
    '  + Routes routes (Host shop/web)',
  ]);
});

test('counts what is too long to be said', (t) => {
  const keys = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5', 'a/6', 'a/7'] as const;
  const [first, ...others] = keys.map((key) => ({ _tag: 'Deleted', kind: 'Host', key }) as const);
  t.assert(first);
  if (first === undefined) return;

  const explanation = explain(1, { at: 5, events: [first, ...others] }, [], provenance);

  t.deepEqual(showExplanation(explanation), [
    '#1 at 5 ms: Host a/1 deleted, Host a/2 deleted, Host a/3 deleted, Host a/4 deleted, Host a/5 deleted and 2 more',
  ]);
});

test('an object that is in no namespace is named without one', (t) => {
  const explanation = explain(
    4,
    { at: 2, events: [{ _tag: 'Deleted', kind: 'GatewayClass', key: '/headgate' }] },
    [
      { typeUrl: TypeUrl.Listener, name: 'class', change: 'removed' },
      { typeUrl: TypeUrl.Cluster, name: 'cart', change: 'removed' },
    ],
    ({ name }) => (name === 'class' ? ['GatewayClass /headgate'] : []),
  );

  t.deepEqual(showExplanation(explanation), [
    '#4 at 2 ms: GatewayClass headgate deleted',
    '  - Listener class (GatewayClass headgate)',
    '  - Cluster cart (GatewayClass headgate)',
  ]);
});
