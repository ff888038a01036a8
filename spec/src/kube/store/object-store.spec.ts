import test from 'ava';
import { isNone, isSome } from 'fp-ts/lib/Option.js';

import { entries, get, keys } from '../../../../src/collection/collection.ts';
import { kinds } from '../../../../src/kube/kind.ts';
import type { Decoded, KubeEvent } from '../../../../src/kube/kube-event.ts';
import { applyAll, emptyStore, synced } from '../../../../src/kube/store/object-store.ts';
import type { Problem } from '../../../../src/problem/problem.ts';

const problem: Problem = {
  _tag: 'InvalidField',
  object: 'Host shop/web',
  field: 'spec',
  expected: 'an object',
  got: '1',
};

const aHost = (
  name: string,
  hostname = '*',
  problems: readonly Problem[] = [],
): Decoded<'Host'> => ({
  key: `shop/${name}`,
  object: { metadata: { name, namespace: 'shop', labels: {} }, spec: { hostname } },
  problems,
});

const badHost = (name: string): Decoded<'Host'> => ({ key: `shop/${name}`, problems: [problem] });

const applied = (item: Decoded<'Host'>): KubeEvent => ({ _tag: 'Applied', kind: 'Host', item });

const deleted = (name: string): KubeEvent => ({
  _tag: 'Deleted',
  kind: 'Host',
  key: `shop/${name}`,
});

const listed = (...items: readonly Decoded<'Host'>[]): KubeEvent => ({
  _tag: 'Listed',
  kind: 'Host',
  items,
});

test('holds what was applied and not deleted since', (t) => {
  const { objects } = applyAll(emptyStore, [
    applied(aHost('a')),
    applied(aHost('b')),
    applied(aHost('a', 'a.example')),
    deleted('b'),
  ]);

  t.deepEqual([...entries(objects.Host)], [['shop/a', aHost('a', 'a.example').object]]);
});

test('a list replaces its kind and no other', (t) => {
  const before = applyAll(emptyStore, [
    applied(aHost('gone')),
    { _tag: 'Applied', kind: 'Service', item: { key: 'shop/gone', problems: [problem] } },
  ]);
  const { objects, problems } = applyAll(before, [listed(aHost('a'), aHost('b'))]);

  t.deepEqual([...keys(objects.Host)].sort(), ['shop/a', 'shop/b']);
  t.deepEqual([...keys(problems)], ['Service shop/gone']);
});

test('is the same store when nothing changed', (t) => {
  const events = [listed(aHost('a'), badHost('b')), applied(aHost('c', '*', [problem]))];
  const before = applyAll(emptyStore, events);

  t.is(applyAll(before, []), before);
  t.is(applyAll(before, [applied(aHost('a')), deleted('nobody')]), before);
  t.is(applyAll(before, [listed(aHost('a'), badHost('b'), aHost('c', '*', [problem]))]), before);
});

test('an equal object keeps its identity when another one changes', (t) => {
  const before = applyAll(emptyStore, [listed(aHost('a'), aHost('b'))]);
  const after = applyAll(before, [listed(aHost('a'), aHost('b', 'b.example'))]);

  t.is(get(after.objects.Host, 'shop/a'), get(before.objects.Host, 'shop/a'));
  t.is(after.objects.Service, before.objects.Service);
  t.like(get(after.objects.Host, 'shop/b'), { spec: { hostname: 'b.example' } });
});

test('a batch does not change the store it was applied to', (t) => {
  const before = applyAll(emptyStore, [applied(aHost('a'))]);
  applyAll(before, [listed(), applied(badHost('x'))]);

  t.is(before.objects.Host.size, 1);
  t.is(before.problems.size, 0);
  t.is(before.listed.size, 0);
});

test('an object that was refused stays as it was last good, also over a list', (t) => {
  const good = aHost('web').object;
  const refused = applyAll(emptyStore, [applied(aHost('web')), applied(badHost('web'))]);
  const relisted = applyAll(refused, [listed(badHost('web'))]);

  for (const store of [refused, relisted]) {
    t.deepEqual(get(store.objects.Host, 'shop/web'), good);
    t.deepEqual(get(store.problems, 'Host shop/web'), [problem]);
  }
});

test('knows which objects are in force in a former version', (t) => {
  const former = { ...aHost('a'), former: true } as const;
  const refs = (...events: readonly KubeEvent[]) => [...keys(applyAll(emptyStore, events).former)];

  t.deepEqual(refs(listed(aHost('a'), badHost('b'), former)), ['Host shop/b', 'Host shop/a']);
  for (const event of [applied(aHost('a')), deleted('a'), listed()])
    t.deepEqual(refs(applied(former), event), []);
  t.deepEqual(refs(applied(former), applied(badHost('a'))), ['Host shop/a']);
  t.is(applyAll(emptyStore, [listed(aHost('a'))]).former, emptyStore.former);
});

test('a former version that takes the place of another is another entry', (t) => {
  const [one, other] = ['one.example', 'other.example'].map((hostname) =>
    applied({ ...aHost('a', hostname), former: true }),
  );
  const before = applyAll(emptyStore, one === undefined ? [] : [one]);

  t.is(applyAll(before, one === undefined ? [] : [one]).former, before.former);
  t.not(applyAll(before, other === undefined ? [] : [other]).former, before.former);
});

test('the problems of an object go when it is mended, deleted or no longer listed', (t) => {
  const before = applyAll(emptyStore, [applied(badHost('web'))]);

  for (const event of [applied(aHost('web')), deleted('web'), listed()])
    t.is(applyAll(before, [event]).problems.size, 0);
});

test('a source replaces what it reported', (t) => {
  const other: Problem = { _tag: 'UnreadableFile', file: 'a.yaml', reason: 'gone' };
  const reported = (...problems: readonly Problem[]): KubeEvent => ({
    _tag: 'Reported',
    origin: 'file a.yaml',
    problems,
  });
  const first = applyAll(emptyStore, [reported(problem)]);
  const second = applyAll(first, [reported(other)]);

  t.deepEqual(get(first.problems, 'file a.yaml'), [problem]);
  t.deepEqual(get(second.problems, 'file a.yaml'), [other]);
  t.is(applyAll(second, [reported()]).problems.size, 0);
});

test('is synced once every kind has been listed', (t) => {
  const lists = kinds.map((kind): KubeEvent => ({ _tag: 'Listed', kind, items: [] }));

  t.true(isNone(synced(applyAll(emptyStore, lists.slice(1)))));
  t.true(isSome(synced(applyAll(emptyStore, lists))));
});
