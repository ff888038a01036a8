import test from 'ava';

import { ApiFault } from '../../../../src/kube/reflect/api-fault.ts';
import { listPage } from '../../../../src/kube/reflect/list-page.ts';
import { isOlder } from '../../../../src/kube/reflect/resource-version.ts';
import { watchFrame } from '../../../../src/kube/reflect/watch-frame.ts';

const object = { metadata: { namespace: 'shop', name: 'web', resourceVersion: '7' } };

const reads = test.macro({
  exec(t, line: unknown, expected: unknown) {
    t.deepEqual(watchFrame(line), expected);
  },
  title: (name = '') => `a line of a watch: ${name}`,
});

const upserted = {
  _tag: 'Changed',
  how: 'Upserted',
  key: 'shop/web',
  object,
  resourceVersion: '7',
};

test('ADDED', reads, { type: 'ADDED', object }, upserted);
test('MODIFIED', reads, { type: 'MODIFIED', object }, upserted);
test('DELETED', reads, { type: 'DELETED', object }, { ...upserted, how: 'Removed' });
test(
  'BOOKMARK',
  reads,
  { type: 'BOOKMARK', object: { metadata: { resourceVersion: '8' } } },
  { _tag: 'Bookmark', resourceVersion: '8', endsList: false },
);
test(
  'the end of the initial events',
  reads,
  {
    type: 'BOOKMARK',
    object: {
      metadata: { resourceVersion: '8', annotations: { 'k8s.io/initial-events-end': 'true' } },
    },
  },
  { _tag: 'Bookmark', resourceVersion: '8', endsList: true },
);
test(
  'an object without a namespace',
  reads,
  { type: 'ADDED', object: { metadata: { name: 'a', resourceVersion: '1' } } },
  {
    ...upserted,
    ...{
      key: '/a',
      object: { metadata: { name: 'a', resourceVersion: '1' } },
      resourceVersion: '1',
    },
  },
);

test('an ERROR event is a fault', (t) => {
  const frame = watchFrame({ type: 'ERROR', object: { code: 410, message: 'too old' } });

  t.true(
    frame._tag === 'Broken' && frame.fault.status === 410 && frame.fault.message === 'too old',
  );
});

const isBroken = test.macro({
  exec(t, line: unknown) {
    const frame = watchFrame(line);
    t.true(
      frame._tag === 'Broken' && frame.fault.message.startsWith('expected an event of a watch'),
    );
  },
  title: (name = '') => `a line that is no event is a fault: ${name}`,
});

test('null', isBroken, null);
test('a number', isBroken, 7);
test('another type', isBroken, { type: 'RENAMED', object });
test('no object', isBroken, { type: 'ADDED' });
test('no version', isBroken, { type: 'ADDED', object: { metadata: { name: 'web' } } });

test('a page of a list', (t) => {
  t.deepEqual(listPage({ metadata: { resourceVersion: '9', continue: 'x' }, items: [object] }), {
    items: [object],
    resourceVersion: '9',
    continue: 'x',
  });
  t.deepEqual(listPage({ metadata: { resourceVersion: '9', continue: '' }, items: null }), {
    items: [],
    resourceVersion: '9',
  });
});

test('an answer that is no list is a fault', (t) => {
  for (const answer of [
    undefined,
    null,
    'ok',
    {},
    { metadata: {}, items: [] },
    { items: [] },
    { metadata: { resourceVersion: '9' } },
  ])
    t.throws(() => listPage(answer), { instanceOf: ApiFault });
});

test('resource versions are compared as numbers of any length', (t) => {
  t.true(isOlder('9', '10'));
  t.true(isOlder('18446744073709551615', '18446744073709551616'));
  t.false(isOlder('10', '9'));
  t.false(isOlder('10', '10'));
  t.false(isOlder('', '10'));
  t.false(isOlder('10', ''));
  t.false(isOlder('a', 'b'));
});
