import test from 'ava';

import { segmentMatch, segmentRewrite } from '../../../src/ir/segment.ts';

test('a slash at the end of a segment means nothing', (t) => {
  t.deepEqual(segmentMatch('/a/b/', true), { _tag: 'Segment', value: '/a/b', caseSensitive: true });
  t.deepEqual(segmentMatch('/a/b', false), {
    _tag: 'Segment',
    value: '/a/b',
    caseSensitive: false,
  });
});

test('the root takes every path', (t) => {
  for (const value of ['/', ''])
    t.deepEqual(segmentMatch(value, true), { _tag: 'Prefix', value: '/', caseSensitive: true });
});

/** What Envoy makes of a path that a segment has matched. */
const rewritten = (path: string, value: string, replacement: string): string => {
  const rewrite = segmentRewrite(value, replacement);
  const match = segmentMatch(value, true);
  switch (rewrite._tag) {
    case 'Prefix':
      return rewrite.value + path.slice(match.value.length);
    case 'Regex':
      return path.replace(new RegExp(rewrite.pattern), rewrite.substitution);
    case 'Full':
      return rewrite.value;
  }
};

const rewrites = test.macro<[path: string, value: string, replacement: string, expected: string]>({
  exec: (t, path, value, replacement, expected) => {
    t.is(rewritten(path, value, replacement), expected);
  },
  title: (_, path, value, replacement, expected) =>
    `in ${path}, "${replacement}" instead of ${value} gives ${expected}`,
});

// The table of the Gateway API at HTTPPathModifier.replacePrefixMatch.
test(rewrites, '/foo/bar', '/foo', '/xyz', '/xyz/bar');
test(rewrites, '/foo/bar', '/foo', '/xyz/', '/xyz/bar');
test(rewrites, '/foo/bar', '/foo/', '/xyz', '/xyz/bar');
test(rewrites, '/foo/bar', '/foo/', '/xyz/', '/xyz/bar');
test(rewrites, '/foo', '/foo', '/xyz', '/xyz');
test(rewrites, '/foo/', '/foo', '/xyz', '/xyz/');
test(rewrites, '/foo/bar', '/foo', '', '/bar');
test(rewrites, '/foo/', '/foo', '', '/');
test(rewrites, '/foo', '/foo', '', '/');
test(rewrites, '/foo/', '/foo', '/', '/');
test(rewrites, '/foo', '/foo', '/', '/');

test(rewrites, '/foo/bar/baz', '/foo/bar', '/', '/baz');
test(rewrites, '/foo//bar', '/foo', '/', '/bar');
test(rewrites, '/bar', '/', '/xyz', '/xyz/bar');
test(rewrites, '/', '/', '/xyz', '/xyz/');
test(rewrites, '/bar', '/', '/', '/bar');
