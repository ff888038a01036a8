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

test('what a header says is hidden where it is a credential, in the IR and in messages of Envoy', (t) => {
  const route = {
    add: [
      { name: 'authorization', value: 'Basic x', append: false },
      { name: 'x-color', value: 'red', append: true },
    ],
    headers: [{ name: 'X-Api-Key', match: { _tag: 'Exact', value: 'x' } }],
    request_headers_to_add: [{ header: { key: 'Authorization', value: 'Basic x' } }],
    matched: [{ name: 'cookie', string_match: { exact: 'x' } }],
  };
  const shown = {
    add: [
      { name: 'authorization', value: '[redacted]', append: false },
      { name: 'x-color', value: 'red', append: true },
    ],
    headers: [{ name: 'X-Api-Key', match: '[redacted]' }],
    request_headers_to_add: [{ header: { key: 'Authorization', value: '[redacted]' } }],
    matched: [{ name: 'cookie', string_match: '[redacted]' }],
  };
  const cluster = { name: 'cluster_token_80', version: '1', resource: { name: 'token' } };
  for (const wrap of [(value: unknown) => value, (value: unknown) => [[[[[value]]]]]]) {
    t.deepEqual(JSON.parse(textOf(wrap(route))), wrap(shown));
    t.deepEqual(JSON.parse(textOf(wrap(cluster))), wrap(cluster));
  }
});
