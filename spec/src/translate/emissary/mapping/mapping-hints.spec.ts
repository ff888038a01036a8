import test from 'ava';

import { mappingHints } from '../../../../../src/translate/emissary/mapping/mapping-hints.ts';
import type { Mapping } from '../../../../../src/kube/emissary/mapping.ts';
import { describeProblem } from '../../../../../src/problem/show-problem.ts';
import {
  aHost,
  aListener,
  aMapping,
  problemLines,
  translated,
} from '../../../../_support/world/builders.ts';

/** What the owner of a Mapping is told of its paths. */
const hints = test.macro({
  exec(t, spec: Partial<Mapping['spec']>, expected: readonly string[]) {
    const all = { prefix: '/a', service: 'web', ...spec };
    t.deepEqual(mappingHints('Mapping default/a', all).map(describeProblem), expected);
  },
  title: (_, spec: Partial<Mapping['spec']>) => `said of ${JSON.stringify(spec)}`,
});

const neither = (field: string) => `end both prefix and ${field} with "/", or neither`;

const unasked =
  'no AuthService is asked about any path that no narrower prefix takes, nor about other spellings of paths that one takes ("//admin", "/%2fadmin"); merge_slashes and reject_requests_with_escaped_slashes of the Module are against those';
test(hints, { prefix: '/', bypass_auth: true }, [unasked]);
test(hints, { prefix: '/', bypass_auth: false }, []);
test(hints, { prefix: '/open/', bypass_auth: true }, []);
test(hints, { prefix: '/', bypass_auth: true, host_redirect: true }, []);

test('the owner of a Mapping that passes unasked on all paths is told', (t) => {
  const all = aMapping('default/a', { prefix: '/', bypass_auth: true });
  t.deepEqual(problemLines(translated(aListener('default/http'), aHost('default/all'), all)), [
    `Mapping default/a: spec.bypass_auth: ${unasked}`,
  ]);
});

test(hints, { rewrite: '/b' }, []);
test(hints, { rewrite: '' }, []);
test(hints, { prefix: '/a/', rewrite: '/b/' }, []);
test(hints, { prefix: '/', rewrite: '/' }, []);
test(hints, { rewrite: '/b/' }, [
  `a request for /a/x becomes one for /b//x; ${neither('rewrite')}`,
]);
test(hints, { rewrite: '/' }, [`a request for /a/x becomes one for //x; ${neither('rewrite')}`]);
test(hints, { prefix: '/', rewrite: '/b' }, [
  `a request for /x becomes one for /bx; ${neither('rewrite')}`,
]);
test(hints, { rewrite: '/b/', prefix_exact: true }, []);
test(hints, { rewrite: '/b/', prefix_regex: true }, []);
test(hints, { rewrite: '/b/', regex_rewrite: { pattern: 'a', substitution: 'b' } }, []);
test(hints, { rewrite: '/b/', host_redirect: true }, []);
test(hints, { prefix_redirect: '/b/', host_redirect: true }, [
  `a request for /a/x becomes one for /b//x; ${neither('prefix_redirect')}`,
]);
test(hints, { prefix_redirect: '/b/', path_redirect: '/c', host_redirect: true }, []);
test(hints, { prefix_redirect: '/b/' }, []);

test('a cookie without a time to live is a note, and the Mapping is good', (t) => {
  const balanced = (cookie: object) => ({
    load_balancer: { policy: 'ring_hash', cookie },
    resolver: 'endpoint',
  });
  const said = (cookie: object): readonly string[] =>
    problemLines(
      translated(aListener(), aHost('default/all'), aMapping('default/a', balanced(cookie))),
    ).filter((line) => line.includes('cookie'));

  t.deepEqual(said({ name: 'session' }), [
    'Mapping default/a: spec.load_balancer.cookie.ttl: without it no cookie is made: only clients that have this cookie already stay with one upstream; "0s" makes one that ends with the session',
  ]);
  t.deepEqual(said({ name: 'session', ttl: '60s' }), []);
});
