import test from 'ava';

import { substitutionFault } from '../../../src/problem/substitution.ts';

const faulty = test.macro({
  exec(t, pattern: string, substitution: string, fault?: string) {
    t.is(substitutionFault(pattern, substitution), fault);
  },
  title: (_, pattern: string, substitution: string, fault?: string) =>
    `${substitution} for ${pattern}: ${fault ?? 'is right'}`,
});

test(faulty, '/a/(.*)', '/b/\\1');
test(faulty, '/a/(.*)', '/b/\\0');
test(faulty, '/a/(?:.*)(?P<name>x)', '/b/\\1');
test(faulty, '/a/', '/b/\\\\2');
test(faulty, '/a/(.*)', '/y/\\2', 'the expression has 1 group');
test(faulty, '/a/', '/y/\\1', 'the expression has 0 groups');
test(faulty, '/a/(.*)', '/y/\\x', '\\x is no group');
test(faulty, '/a/(.*)', '/y/\\', '\\ is no group');
