import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, get, keys } from '../../../../src/collection/collection.ts';
import { decode } from '../../../../src/kube/decode.ts';
import type { KubeEvent } from '../../../../src/kube/kube-event.ts';
import { applyAll, emptyStore, type ObjectStore } from '../../../../src/kube/store/object-store.ts';
import { storesAfter } from '../../../../src/kube/store/stores-after.ts';
import { holds } from '../../../_support/property/property.ts';
import {
  aMapping,
  annotated,
  applied,
  aService,
  type Manifest,
} from '../../../_support/world/builders.ts';

const document = (name: string, prefix: string, more = ''): string =>
  `---\napiVersion: ambassador/v1\nkind: Mapping\nname: ${name}\nprefix: ${prefix}\nservice: web\n${more}`;

const carrying = (key: string, ...documents: readonly string[]): Manifest =>
  annotated(aService(key), { 'getambassador.io/config': documents.join('') });

const gone = (kind: 'Service' | 'Mapping', key: `${string}/${string}`): KubeEvent => ({
  _tag: 'Deleted',
  kind,
  key,
});

const prefixes = ({ objects }: ObjectStore): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    [...entries(objects.Mapping)]
      .map(([key, { spec }]) => [key, spec.prefix])
      .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  );

const after = (...events: readonly KubeEvent[]): ObjectStore =>
  events.reduce((store, event) => applyAll(store, [event]), emptyStore);

test('what an object carries comes, changes and goes with it', (t) => {
  const [two, other, none] = [
    carrying('shop/web', document('a', '/a/'), document('b', '/b/')),
    carrying('shop/web', document('a', '/x/')),
    aService('shop/web'),
  ].map(applied);
  if (two === undefined || other === undefined || none === undefined) throw new Error('no event');

  t.deepEqual(prefixes(after(two)), { 'shop/a': '/a/', 'shop/b': '/b/' });
  t.deepEqual(prefixes(after(two, other)), { 'shop/a': '/x/' });
  t.deepEqual(prefixes(after(two, none)), {});
  t.deepEqual(prefixes(after(two, gone('Service', 'shop/web'))), {});
  t.deepEqual(prefixes(after(two, { _tag: 'Listed', kind: 'Service', items: [] })), {});
});

test('a list of a kind leaves alone what of it is in annotations', (t) => {
  const carrier = applied(carrying('shop/web', document('a', '/a/')));

  t.deepEqual(prefixes(after(carrier, { _tag: 'Listed', kind: 'Mapping', items: [] })), {
    'shop/a': '/a/',
  });
});

test('an object in no annotation counts before all of its name, as long as there is one', (t) => {
  const [carrier, own] = [
    applied(carrying('shop/web', document('a', '/a/'))),
    applied(aMapping('shop/a', { prefix: '/own/' })),
  ];

  t.deepEqual(prefixes(after(carrier, own)), { 'shop/a': '/own/' });
  t.deepEqual(prefixes(after(own, carrier)), { 'shop/a': '/own/' });
  t.deepEqual(prefixes(after(own, carrier, gone('Mapping', 'shop/a'))), { 'shop/a': '/a/' });
  t.deepEqual(prefixes(after(own, carrier, gone('Service', 'shop/web'))), { 'shop/a': '/own/' });
});

test('of several in annotations those of the same namespace come first, then the first carrier', (t) => {
  const [foreign, first, second] = [
    applied(carrying('a/a', document('x', '/foreign/', 'namespace: shop\n'))),
    applied(carrying('shop/a', document('x', '/first/'))),
    applied(carrying('shop/b', document('x', '/second/'), document('x', '/third/'))),
  ];

  t.deepEqual(prefixes(after(foreign)), { 'shop/x': '/foreign/' });
  t.deepEqual(prefixes(after(foreign, second)), { 'shop/x': '/second/' });
  t.deepEqual(prefixes(after(foreign, second, first)), { 'shop/x': '/first/' });
  t.deepEqual(prefixes(after(foreign, first, second, gone('Service', 'shop/a'))), {
    'shop/x': '/second/',
  });
});

test('an object whose document is not valid any more keeps its last good version', (t) => {
  const good = applied(carrying('shop/web', document('a', '/a/')));
  const bad = applied(carrying('shop/web', document('a', '/a/', 'weight: 101\n')));
  const store = after(good, bad);

  t.deepEqual(prefixes(store), { 'shop/a': '/a/' });
  t.truthy(get(store.former, 'Mapping shop/a'));
  t.deepEqual(prefixes(after(bad)), {});
});

test('what may be meant by a document that cannot be read stays as it was', (t) => {
  const good = applied(carrying('shop/web', document('a', '/a/'), document('b', '/b/')));
  const unreadable = applied(carrying('shop/web', document('a', '/x/'), '---\nname: [b\n'));
  const store = after(good, unreadable);

  t.deepEqual(prefixes(store), { 'shop/a': '/x/', 'shop/b': '/b/' });
  t.deepEqual([...keys(store.former)], ['Mapping shop/b']);
  t.deepEqual(prefixes(after(good, unreadable, applied(carrying('shop/web')))), {});
});

const anEvent: fc.Arbitrary<KubeEvent> = (() => {
  const name = fc.constantFrom('a', 'b', 'c');
  const text = fc
    .array(
      fc.oneof(
        fc
          .tuple(
            name,
            fc.constantFrom('/1/', '/2/'),
            fc.constantFrom('', 'weight: 101\n', 'namespace: other\n'),
          )
          .map((parts) => document(...parts)),
        fc.constant('---\nname: [x\n'),
      ),
      { maxLength: 3 },
    )
    .map((documents) => documents.join(''));
  const service = fc
    .tuple(fc.constantFrom('shop/s', 'shop/t', 'other/s'), fc.option(text))
    .map(([key, config]) =>
      config === null
        ? aService(key)
        : annotated(aService(key), { 'getambassador.io/config': config }),
    );
  const mapping = fc
    .tuple(fc.constantFrom('shop', 'other'), name, fc.constantFrom('/3/', 3))
    .map(([namespace, own, prefix]) => aMapping(`${namespace}/${own}`, { prefix }));
  const object = fc.oneof(service, mapping);
  const list = (some: fc.Arbitrary<Manifest>, kind: 'Service' | 'Mapping') =>
    fc
      .uniqueArray(some, {
        maxLength: 3,
        selector: ({ metadata }) => JSON.stringify([metadata['namespace'], metadata['name']]),
      })
      .map((objects): KubeEvent => ({
        _tag: 'Listed',
        kind,
        items: objects.map((one) => {
          const decoding = decode(one);
          if (decoding._tag !== 'Decoded') throw new Error(JSON.stringify(decoding));
          return decoding.item;
        }),
      }));
  return fc.oneof(
    { weight: 4, arbitrary: object.map(applied) },
    {
      weight: 2,
      arbitrary: object.map((one): KubeEvent => {
        const event = applied(one);
        if (event._tag !== 'Applied') throw new Error(event._tag);
        return { _tag: 'Deleted', kind: event.kind, key: event.item.key };
      }),
    },
    list(service, 'Service'),
    list(mapping, 'Mapping'),
  );
})();

const shown = ({
  objects,
  problems,
  former,
  annotated: { carried, claims },
}: ObjectStore): unknown => ({
  mappings: sorted(objects.Mapping),
  services: sorted(objects.Service),
  problems: sorted(problems),
  former: sorted(former),
  carried: sorted(carried),
  claims: sorted(claims),
});

const sorted = (collection: Parameters<typeof entries>[0]): unknown =>
  [...entries(collection)].sort(([a], [b]) => (a < b ? -1 : 1));

test('how events are cut into batches, and pauses in them, make no difference', (t) => {
  holds(
    t,
    fc.property(fc.array(fc.array(anEvent)), fc.integer({ min: 1, max: 3 }), (batches, most) => {
      const once = applyAll(emptyStore, batches.flat());
      assert.deepEqual(shown(batches.reduce(applyAll, emptyStore)), shown(once));
      const paused = [...storesAfter(emptyStore, batches.flat(), most)].at(-1);
      assert.deepEqual(paused && prefixes(paused), prefixes(once));
    }),
  );
});

test('without anything in an annotation there is nothing to keep, and nothing is done', (t) => {
  const store = after(applied(aService('shop/web')), applied(aMapping('shop/a')));

  t.is(store.annotated, emptyStore.annotated);
  t.is(applyAll(store, [applied(aService('shop/web'))]), store);
});
