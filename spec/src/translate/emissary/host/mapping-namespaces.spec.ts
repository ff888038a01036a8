import test from 'ava';

import type { TranslateOptions } from '../../../../../src/translate/translate-options.ts';
import { showProblem } from '../../../../../src/problem/show-problem.ts';
import {
  mappingNamespacesFaults,
  mappingNamespacesOf,
} from '../../../../../src/translate/emissary/host/mapping-namespaces.ts';

const options: TranslateOptions = { ambassadorId: 'default', namespace: 'headgate' };
const isolated: TranslateOptions = { ...options, isolation: true };

const metadata = (annotation: string | undefined) => ({
  name: 'web',
  namespace: 'shop',
  labels: {},
  annotations: annotation === undefined ? {} : { 'headgate.io/mapping-namespaces': annotation },
});

const admits = test.macro({
  exec(
    t,
    chosen: TranslateOptions,
    annotation: string | undefined,
    expected: readonly string[] | undefined,
  ) {
    const admitted = mappingNamespacesOf(chosen, metadata(annotation));
    t.deepEqual(admitted && Object.keys(admitted), expected);
  },
  title: (name = '') => `a Host takes Mappings of ${name}`,
});

test('every namespace, where nothing is said', admits, options, undefined, undefined);
test('its own and the trusted ones, with isolation', admits, isolated, undefined, [
  'shop',
  'headgate',
]);
test('its own and the trusted ones, if it names none', admits, options, '', ['shop', 'headgate']);
test('those that it names', admits, isolated, 'blog, news cart', [
  'shop',
  'headgate',
  'blog',
  'news',
  'cart',
]);
test('every namespace, if it says so', admits, isolated, 'blog, *', undefined);
test(
  'those that the option trusts',
  admits,
  { ...isolated, trustedNamespaces: ['edge', 'shop'] },
  'shop',
  ['shop', 'headgate', 'edge'],
);
test('no namespace more for a word that names none', admits, options, 'Blog,*.shop', [
  'shop',
  'headgate',
]);

const expected =
  'Host shop/web: metadata.annotations["headgate.io/mapping-namespaces"]: ' +
  'expected names of namespaces with commas between them, or "*" for all';

test('a word that names no namespace is reported', (t) => {
  const faults = (annotation: string): readonly string[] =>
    mappingNamespacesFaults('Host shop/web', metadata(annotation)).map(showProblem);

  t.deepEqual(faults('blog,*'), []);
  t.deepEqual(faults('blog, Shop'), [`${expected}, got "Shop"`]);
});

test('of many such words, or a long one, little is said', (t) => {
  const faults = (annotation: string): readonly string[] =>
    mappingNamespacesFaults('Host shop/web', metadata(annotation)).map(showProblem);

  t.deepEqual(faults('A,'.repeat(100_000)), [`${expected}, got "A" and 99999 more`]);
  t.deepEqual(faults('a'.repeat(100_000)), [`${expected}, got "${'a'.repeat(63)}…"`]);
});

test('a Host may name very many namespaces', (t) => {
  const names = Array.from({ length: 50_000 }, (_, i) => `n${i}`);
  const admitted = mappingNamespacesOf(options, metadata(names.join()));

  t.is(admitted && Object.keys(admitted).length, 50_002);
  t.true(admitted?.['n49999']);
});
