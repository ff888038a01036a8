import test from 'ava';

import type { Redirect } from '../../../../src/ir/route.ts';
import { routeJson } from '../../../_support/xds/route-json.ts';

const redirects = test.macro<[action: Omit<Redirect, '_tag'>, expected: object]>({
  exec(t, action, expected) {
    t.deepEqual(routeJson({ action: { _tag: 'Redirect', ...action } }), {
      match: { prefix: '/' },
      redirect: expected,
    });
  },
  title: (_, action) => `a redirect to ${JSON.stringify(action)}`,
});

test(redirects, { scheme: 'https', code: 301 }, { https_redirect: true });
test(
  redirects,
  { scheme: 'http', host: 'b', port: 8080, path: { _tag: 'Full', value: '/100%' }, code: 302 },
  {
    scheme_redirect: 'http',
    host_redirect: 'b',
    port_redirect: 8080,
    path_redirect: '/100%',
    response_code: 'FOUND',
  },
);
test(
  redirects,
  { path: { _tag: 'Prefix', value: '/p' }, code: 303 },
  { prefix_rewrite: '/p', response_code: 'SEE_OTHER' },
);
test(
  redirects,
  { path: { _tag: 'Regex', pattern: 'a', substitution: 'b' }, code: 307 },
  {
    regex_rewrite: { pattern: { regex: 'a' }, substitution: 'b' },
    response_code: 'TEMPORARY_REDIRECT',
  },
);
test(
  redirects,
  { scheme: 'https', code: 308 },
  { https_redirect: true, response_code: 'PERMANENT_REDIRECT' },
);
