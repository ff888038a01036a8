import test from 'ava';
import * as fc from 'fast-check';
import { RE2JS } from 're2js';

import { literalPrefix } from '../../../../src/xds/route/route-tree-prefix.ts';
import { holds } from '../../../_support/property/property.ts';

const ofRegex = test.macro<[pattern: string, expected: string]>({
  exec: (t, value, expected) => {
    t.is(literalPrefix({ _tag: 'Regex', value }), expected);
  },
  title: (_, pattern, expected) => `all that ${pattern} matches begins with "${expected}"`,
});

test(ofRegex, '/api/v1/.*', '/api/v1/');
test(ofRegex, '^/api$', '/api');
test(ofRegex, '/(a|b)/c', '/');
test(ofRegex, '/a|/b', '');
test(ofRegex, '/a(b)|/c', '');
test(ofRegex, '/a[|]b', '/a');
test(ofRegex, '/a[]|(]|/b', '');
test(ofRegex, '/a[[:alpha:](]|/b', '');
test(ofRegex, '/a\\|b\\.c.*', '/a|b.c');
test(ofRegex, '/apis?', '/api');
test(ofRegex, '/api+', '/ap');
test(ofRegex, '/a\\.{2}', '/a');
test(ofRegex, '/a(?i)(?s)*', '/');
test(ofRegex, '/a\\d', '/a');
test(ofRegex, '/a\\Q(\\E|/b', '');
test(ofRegex, '(?i)/a', '');
test(ofRegex, '/käse', '/k');

const piece = fc.constantFrom(
  ...['a', 'b', 'a', '/', '.', '*', '+', '?', '|', '(', ')', '(?:', '[', ']', '^', '[^', '$'],
  ...['\\|', '\\(', '\\.', '\\w', '\\pL', '\\Q', '\\E', '{1}', '{0,2}', '{', '}', '(?i)', '[|]'],
  ...['[]b]', '[[:alpha:]]', '[[:alpha:](]', '[(]', 'a|b'],
);

const anyPattern = fc.array(piece, { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''));

const compiled = (pattern: string): RE2JS | undefined => {
  try {
    return RE2JS.compile(pattern);
  } catch {
    return undefined;
  }
};

const alphabet = ['a', 'b', '/', '|', '(', 'A'];

const texts = (length: number): readonly string[] =>
  length === 0
    ? ['']
    : texts(length - 1).flatMap((text) => [text, ...alphabet.map((letter) => text + letter)]);

/** All texts of up to three characters, and more of them the shorter they are. */
const shortTexts = [...new Set(texts(3))];

test('no pattern matches a text that does not begin with its prefix', (t) => {
  let [matches, certain] = [0, 0];
  holds(
    t,
    fc.property(anyPattern, (value) => {
      const pattern = compiled(value);
      if (pattern === undefined) return;
      const prefix = literalPrefix({ _tag: 'Regex', value });
      for (const text of shortTexts)
        if (pattern.matcher(text).matches()) {
          matches += 1;
          certain += prefix === '' ? 0 : 1;
          if (!text.startsWith(prefix)) throw new Error(`${text} does not begin with ${prefix}`);
        }
    }),
    { numRuns: 3000 },
  );
  t.true(matches > 500 && certain > 50, `${matches} matches, ${certain} of them with a prefix`);
});

test('a path that ignores case is certain before its first letter', (t) => {
  const fields = { value: '/-1/Abc', caseSensitive: false };
  t.is(literalPrefix({ _tag: 'Prefix', ...fields }), '/-1/');
  t.is(literalPrefix({ _tag: 'Exact', ...fields }), '/-1/');
});

test('characters beyond ASCII and what follows them are not certain', (t) => {
  t.is(literalPrefix({ _tag: 'Prefix', value: '/ä/b', caseSensitive: true }), '/');
});

test('a prefix has at most 200 characters', (t) => {
  const value = '/a'.repeat(150);
  t.is(literalPrefix({ _tag: 'Exact', value, caseSensitive: true }), '/a'.repeat(100));
});
