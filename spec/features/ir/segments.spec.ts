import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import type { Route } from '../../../src/ir/route.ts';
import { segmentMatch, segmentRewrite } from '../../../src/ir/segment.ts';
import { routesInEnvoy } from '../../_support/envoy/routes-in-envoy.ts';
import { aForward, aRoute } from '../../_support/world/an-ir.ts';

const backend = await startBackend({ name: 'shop', port: 0 });

const segment = (value: string, action: Route['action'], caseSensitive = true): Route =>
  aRoute({ match: { ...aRoute().match, path: segmentMatch(value, caseSensitive) }, action });

const instead = (value: string, replacement: string, caseSensitive = true): Route =>
  segment(value, aForward({ pathRewrite: segmentRewrite(value, replacement) }), caseSensitive);

const whole = (value: string, replacement: string): Route =>
  segment(value, aForward({ pathRewrite: { _tag: 'Full', value: replacement } }));

const envoy = await routesInEnvoy(
  [
    segment('/deep/down/', { _tag: 'Respond', status: 203 }),
    segment('/deep', { _tag: 'Respond', status: 202 }),
    instead('/by', '/xyz/'),
    instead('/off/two', ''),
    instead('/Any', '/', false),
    whole('/whole', '/one'),
    whole('/odd', '/a\\1%PATH%'),
    segment('/http', { _tag: 'Redirect', scheme: 'http', port: 8080, code: 302 }),
    segment('/https', { _tag: 'Redirect', scheme: 'https', port: 8443, host: 'b', code: 302 }),
    segment('/moved', {
      _tag: 'Redirect',
      path: segmentRewrite('/moved', '/'),
      code: 307,
    }),
    segment('/all', { _tag: 'Redirect', path: { _tag: 'Full', value: '/one' }, code: 308 }),
    instead('/', '/rest'),
  ],
  { shop: backend.port },
);
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

const arrives = test.macro<[path: string, as: string]>({
  exec: async (t, path, as) => {
    t.is((await envoy.ask({ path })).said.path, as);
  },
  title: (_, path, as) => `a request for ${path} arrives as one for ${as}`,
});

test(arrives, '/by/bar', '/xyz/bar');
test(arrives, '/by/', '/xyz/');
test(arrives, '/by', '/xyz');
test(arrives, '/by?a=/b', '/xyz?a=/b');
test(arrives, '/bya', '/rest/bya');
test(arrives, '/off/two/three', '/three');
test(arrives, '/off/two/', '/');
test(arrives, '/off/two', '/');
test(arrives, '/off/two?q', '/?q');
test(arrives, '/off/twothree', '/rest/off/twothree');
test(arrives, '/aNY/b', '/b');
test(arrives, '/', '/rest/');
test(arrives, '/whole', '/one');
test(arrives, '/whole/a/b?q=1', '/one?q=1');
test(arrives, '/odd/b', '/a\\1%PATH%');

test('a segment takes what is below it, and no name that only begins like it', async (t) => {
  const statuses = await Promise.all(
    ['/deep', '/deep/', '/deep/a', '/deeper', '/deep/down', '/deep/down/a', '/deep/downs'].map(
      async (path) => (await envoy.ask({ path })).status,
    ),
  );
  t.deepEqual(statuses, [202, 202, 202, 200, 203, 203, 202]);
});

const redirects = test.macro<[path: string, expected: string]>({
  exec: async (t, path, expected) => {
    const { status, headers } = await envoy.ask({ path, host: 'a.example' });
    t.is(`${status} ${headers.location}`, expected);
  },
  title: (_, path, expected) => `${path} is redirected: ${expected}`,
});

test(redirects, '/http/a?q', '302 http://a.example:8080/http/a?q');
test(redirects, '/https', '302 https://b:8443/https');
test(redirects, '/moved/a?q', '307 http://a.example/a?q');
test(redirects, '/moved', '307 http://a.example/');
test(redirects, '/all/a?q', '308 http://a.example/one?q');
