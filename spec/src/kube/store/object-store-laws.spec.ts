import assert from 'node:assert/strict';

import test from 'ava';
import * as fc from 'fast-check';

import { entries, keys } from '../../../../src/collection/collection.ts';
import { refParts, type ObjectKey, type ObjectRef } from '../../../../src/ir/object-ref.ts';
import type { Decoded, KubeEvent } from '../../../../src/kube/kube-event.ts';
import { applyAll, emptyStore, type ObjectStore } from '../../../../src/kube/store/object-store.ts';
import { holds } from '../../../_support/property/property.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');

const item: fc.Arbitrary<Decoded<'Host'>> = fc
  .tuple(name, fc.constantFrom('*', 'x.example', 'y.example'), fc.integer({ min: 0, max: 3 }))
  .map(([own, hostname, luck]) => ({
    key: `shop/${own}` as const,
    problems: luck === 0 ? [{ _tag: 'UnknownField', object: `Host shop/${own}`, field: '' }] : [],
    ...(luck === 1
      ? {}
      : { object: { metadata: { name: own, namespace: 'shop', labels: {} }, spec: { hostname } } }),
  }));

const event: fc.Arbitrary<KubeEvent> = fc.oneof(
  fc.record({
    _tag: fc.constant('Applied' as const),
    kind: fc.constantFrom('Host' as const),
    item,
  }),
  fc.record({
    _tag: fc.constant('Deleted' as const),
    kind: fc.constant('Host' as const),
    key: name.map((own) => `shop/${own}` as const),
  }),
  fc.record({
    _tag: fc.constant('Listed' as const),
    kind: fc.constant('Host' as const),
    items: fc.uniqueArray(item, { selector: ({ key }) => key }),
  }),
  fc.record({
    _tag: fc.constant('Reported' as const),
    origin: fc.constantFrom('file a', 'file b'),
    problems: fc.constantFrom([], [{ _tag: 'UnreadableFile', file: 'a', reason: 'why' } as const]),
  }),
);

const shown = ({ objects, listed, problems }: ObjectStore): unknown => ({
  hosts: [...entries(objects.Host)],
  listed: [...listed],
  problems: [...entries(problems)],
});

test('how events are cut into batches makes no difference', (t) => {
  holds(
    t,
    fc.property(fc.array(fc.array(event)), (batches) => {
      assert.deepEqual(
        shown(batches.reduce(applyAll, emptyStore)),
        shown(applyAll(emptyStore, batches.flat())),
      );
    }),
  );
});

test('a list is the same as its differences, applied and deleted in any order', (t) => {
  const items = fc.uniqueArray(item, { selector: ({ key }) => key });
  holds(
    t,
    fc.property(fc.array(event), items, fc.infiniteStream(fc.nat()), (history, list, dice) => {
      const before = applyAll(emptyStore, [
        { _tag: 'Listed', kind: 'Host', items: [] },
        ...history,
      ]);
      const present = new Set(list.map(({ key }) => key));
      const gone = [...keys(before.objects.Host), ...faulty(before)].filter((k) => !present.has(k));
      const differences = [...gone.map(deleted), ...list.map(applied)]
        .map((one) => ({ one, place: dice.next().value }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one);
      assert.deepEqual(
        shown(applyAll(before, differences)),
        shown(applyAll(before, [{ _tag: 'Listed', kind: 'Host', items: list }])),
      );
    }),
  );
});

/** Objects that were refused from the start are known by their problems alone. */
const faulty = ({ problems }: ObjectStore): readonly ObjectKey[] =>
  [...keys(problems)].filter(isHost).map((ref) => refParts(ref)[1]);

const isHost = (key: string): key is ObjectRef => key.startsWith('Host ');

const deleted = (key: ObjectKey): KubeEvent => ({ _tag: 'Deleted', kind: 'Host', key });

const applied = (one: Decoded<'Host'>): KubeEvent => ({
  _tag: 'Applied',
  kind: 'Host',
  item: one,
});

test('applying the same events again changes nothing', (t) => {
  holds(
    t,
    fc.property(fc.array(event), item, (history, one) => {
      const after = applyAll(emptyStore, [...history, applied(one)]);
      assert.equal(applyAll(after, [applied(one)]), after);
    }),
  );
});
