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
    t.deepEqual(mappingNamespacesOf(chosen, metadata(annotation)), expected);
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

test('a word that names no namespace is reported', (t) => {
  const faults = (annotation: string): readonly string[] =>
    mappingNamespacesFaults('Host shop/web', metadata(annotation)).map(showProblem);

  t.deepEqual(faults('blog,*'), []);
  t.deepEqual(faults('blog, Shop'), [
    'Host shop/web: metadata.annotations["headgate.io/mapping-namespaces"]: ' +
      'expected names of namespaces with commas between them, or "*" for all, got "Shop"',
  ]);
});
