import test from 'ava';
import * as fc from 'fast-check';

import { debugJson } from '../../../../src/edge/admin/debug-json.ts';
import { Members } from '../../../../src/edge/admin/members.ts';

const textOf = (value: unknown): string => [...debugJson(value)].join('');

test('what has nothing to hide is the JSON it would be in one piece', (t) => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
      t.is(textOf(value), `${JSON.stringify(value, null, 2)}\n`);
    }),
    { numRuns: 500, seed: 1 },
  );
});

test('what is made while it is taken is shown as if it had been there', (t) => {
  const items = function* (): Generator<unknown> {
    yield 'a';
    yield new Members([['b', 1]]);
  };
  const none = function* (): Generator<unknown> {};
  const value = { items: items(), none: none(), nobody: new Members([]), not: undefined };
  t.deepEqual(JSON.parse(textOf(value)), { items: ['a', { b: 1 }], none: [], nobody: {} });
});

test('nothing is made before it is taken', (t) => {
  let made = 0;
  const items = function* (): Generator<unknown> {
    for (;;) yield (made += 1);
  };
  const pieces = debugJson({ items: items() });
  for (let n = 0; n < 20; n += 1) pieces.next();
  t.true(made > 0 && made < 20, `${made} were made`);
});

test('a key is hidden as deep as it may be, also in what is made while it is taken', (t) => {
  const keys = { privateKey: { inline: 'secret' }, text: 'PRIVATE KEY' };
  const items = function* (): Generator<unknown> {
    yield keys;
  };
  const value = { privateKey: items(), items: items(), map: new Map([['a', keys]]) };
  const hidden = { privateKey: '[redacted]', text: '[redacted]' };
  t.deepEqual(JSON.parse(textOf(value)), {
    privateKey: '[redacted]',
    items: [hidden],
    map: { a: hidden },
  });
});
