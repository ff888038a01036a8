import test from 'ava';

import { byTexts } from '../../../../../src/translate/emissary/route/route-order.ts';
import {
  aHost,
  aListener,
  aMapping,
  routesOf,
  translated,
} from '../../../../_support/world/builders.ts';

/** Mappings, named in the order in which their routes must be tried. */
const tries = test.macro({
  exec(t, specs: readonly (readonly [name: string, spec: Readonly<Record<string, unknown>>])[]) {
    const mappings = specs.map(([name, spec]) => aMapping(`default/${name}`, spec));
    for (const order of [mappings, mappings.toReversed()])
      t.deepEqual(
        routesOf(translated(aListener(), aHost('default/all'), ...order)).map(
          ({ from }) => from[0],
        ),
        specs.map(([name]) => `Mapping default/${name}` as const),
      );
  },
  title: (name = '') => `tried first: ${name}`,
});

test('a higher precedence, whatever the rest', tries, [
  ['high', { prefix: '/', precedence: 1 }],
  ['long', { prefix: '/long/path/', headers: { a: 'b' } }],
  ['low', { prefix: '/long/path/and/more/', precedence: -1 }],
]);

test('the longer path, whatever its kind', tries, [
  ['regex', { prefix: '/a/[0-9]{1,9}', prefix_regex: true }],
  ['exact', { prefix: '/a/b/c', prefix_exact: true }],
  ['prefix', { prefix: '/a/b/' }],
  ['rest', { prefix: '/' }],
]);

test('more of headers', tries, [
  ['two', { headers: { 'x-a': '1', 'x-b': '2' } }],
  ['one-long', { headers: { 'x-a': '1234' } }],
  ['one', { headers: { 'x-a': '1' } }],
  ['none', {}],
]);

test('a regular expression in a header counts for one more', tries, [
  ['regex', { regex_headers: { 'x-a': '1' } }],
  ['exact', { headers: { 'x-b': '1' } }],
]);

test('a header without a value counts as one character', tries, [
  ['two', { headers: { 'x-a': '12' } }],
  ['empty', { headers: { 'x-b': '' } }],
  ['one', { headers: { 'x-a': '1' } }],
]);

test('a method is a header', tries, [
  ['method', { method: 'GET' }],
  ['none', {}],
]);

test('headers before query parameters', tries, [
  ['header', { headers: { a: 'b' } }],
  ['query', { query_parameters: { name: 'a very long value' } }],
  ['short', { query_parameters: { a: 'b' } }],
  ['none', {}],
]);

test('of equals the later path, then the later method, in the alphabet', tries, [
  ['path', { prefix: '/b/', method: 'GET' }],
  ['put', { prefix: '/a/', method: 'PUT' }],
  ['get', { prefix: '/a/', method: 'GET' }],
]);

test('of equals the later header', tries, [
  ['b', { headers: { 'x-b': '1' } }],
  ['a', { headers: { 'x-a': '1' } }],
]);

test('texts are compared from left to right, and a longer list comes first', (t) => {
  const lists = [
    ['1', '2', 'b', 'x'],
    ['1', '2', 'b'],
    ['1', '2', 'a', 'z'],
    ['0', '9', 'z'],
  ];
  t.deepEqual(lists.toReversed().sort(byTexts), lists);
  t.is(byTexts(['1', 'a'], ['1', 'a']), 0);
});

test('a longer hostname comes first', (t) => {
  const translation = translated(
    aListener(),
    aHost('default/all'),
    aMapping('default/any', { hostname: '*' }),
    aMapping('default/suffix', { hostname: '*.example' }),
    aMapping('default/exact', { hostname: 'shop.example' }),
  );
  t.deepEqual(
    routesOf(translation, 'shop.example').map(({ from }) => from[0]),
    ['Mapping default/exact', 'Mapping default/suffix', 'Mapping default/any'],
  );
});
