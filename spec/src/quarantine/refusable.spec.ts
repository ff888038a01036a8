import test from 'ava';

import { values } from '../../../src/collection/collection.ts';
import { decode } from '../../../src/kube/decode.ts';
import { showProblem } from '../../../src/problem/show-problem.ts';
import {
  aHost,
  aListener,
  aMapping,
  aSlice,
  problemLines,
  translated,
  type Manifest,
} from '../../_support/world/builders.ts';

/** Problems of one object, whether its codec or its translation finds them. */
const problemsOf = (object: Manifest): readonly string[] => {
  const decoding = decode(object);
  if (decoding._tag === 'Rejected') return decoding.problems.map(showProblem);
  return problemLines(translated(aListener(), aHost('default/all'), object));
};

/** What Envoy 1.40 refuses is found before, with the name of the field. */
const isFound = test.macro({
  exec(t, object: Manifest, field: string) {
    const [first = '', ...others] = problemsOf(object);
    t.true(first.includes(field), first);
    t.deepEqual(others, []);
  },
  title: (name = '') => `not left for Envoy to refuse: ${name}`,
});

const aRoute = (spec: Readonly<Record<string, unknown>>): Manifest => aMapping('default/a', spec);

test('an empty prefix_regex', isFound, aRoute({ prefix: '', prefix_regex: true }), 'spec.prefix:');
test('an empty method_regex', isFound, aRoute({ method: '', method_regex: true }), 'spec.method:');
test(
  'an empty regex for a header',
  isFound,
  aRoute({ regex_headers: { x: '' } }),
  'spec.regex_headers.x:',
);
test(
  'an empty regex for a query parameter',
  isFound,
  aRoute({ regex_query_parameters: { x: '' } }),
  'spec.regex_query_parameters.x:',
);
test(
  'an empty regex_rewrite',
  isFound,
  aRoute({ regex_rewrite: { pattern: '', substitution: '/' } }),
  'spec.regex_rewrite.pattern:',
);
for (const x of ['\\x{100}', '[^\\x{0100}-\\x{10FFFF}]', '\\777', '\\\\\\400'])
  test(`the regex ${x}`, isFound, aRoute({ regex_headers: { x } }), 'spec.regex_headers.x:');
test('a range of all code points that ignores case is read in time', (t) => {
  const x = `(?i)[${'Ā-\u{10ffff}'.repeat(150)}]`;
  const regex_headers = Object.fromEntries(
    [...Array(25).keys()].map((n) => [`x-${n}`, `${x}${n}`]),
  );
  t.deepEqual(problemsOf(aRoute({ regex_headers })), []);
});
test('not more regular expressions are looked at than can be checked soon', (t) => {
  const regexesOf = (n: number) =>
    Object.fromEntries([...Array(n).keys()].map((i) => [`x-${i}`, 'a'.repeat(100)]));
  t.deepEqual(problemsOf(aRoute({ regex_headers: regexesOf(163) })), []);
  t.deepEqual(problemsOf(aRoute({ regex_headers: regexesOf(164) })), [
    'Mapping default/a: spec: expected regular expressions of at most 16384 characters in all, got 16400',
  ]);
});
test('a regex with other letters is told as it was written', (t) => {
  t.deepEqual(problemsOf(aRoute({ regex_headers: { x: 'é(' } })), [
    'Mapping default/a: spec.regex_headers.x: expected an RE2 regular expression of at most 200 steps, got "é(" (error parsing regexp: missing closing ): `é(`)',
  ]);
});
test('what looks like an escape and is none, or is a byte, is not refused', (t) => {
  for (const x of ['\\x{ff}', '\\xff', '\\377', '\\\\x{100}', '\\Q\\x{100}\\E', 'é', '\\p{Greek}'])
    t.deepEqual(problemsOf(aRoute({ regex_headers: { x } })), [], x);
});
test(
  'a query parameter without a name',
  isFound,
  aRoute({ query_parameters: { '': 'x' } }),
  'spec.query_parameters',
);
test(
  'an upgrade without a name',
  isFound,
  aRoute({ allow_upgrade: [''] }),
  'spec.allow_upgrade[0]:',
);
test(
  'more headers than a route can add',
  isFound,
  aRoute({
    add_request_headers: Object.fromEntries(
      [...Array(1001).keys()].map((n) => [`x-${n}`, { value: 'y' }]),
    ),
  }),
  'spec.add_request_headers: expected an object of at most 1000 entries',
);
test(
  'a service whose name is too long for TLS',
  isFound,
  aRoute({ service: `https://${'a'.repeat(254)}` }),
  'spec.service:',
);
test(
  'an address with leading zeros',
  isFound,
  aSlice('default/s', 'web', ['010.0.0.1']),
  'endpoints[0].addresses[0]:',
);
test(
  'an address with a zone',
  isFound,
  aSlice('default/s', 'web', ['fe80::1%eth0'], { addressType: 'IPv6' }),
  'endpoints[0].addresses[0]:',
);

test('an empty statsPrefix is none', (t) => {
  const { ir } = translated(aListener('default/http', { statsPrefix: '' }), aHost('default/all'));
  t.deepEqual(
    [...values(ir.filterChains)].map(
      ({ carries }) => 'options' in carries && carries.options.statPrefix,
    ),
    ['ingress_http'],
  );
});
