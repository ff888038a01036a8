import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { bareMapping, host, mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    host(
      'selected.example',
      'mappingSelector: { matchLabels: { team: red } }, requestPolicy: { insecure: { action: Route } }',
    ),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

/** Where a request for `path` is sent by a redirect to `target`. */
const redirects = test.macro<
  [target: string, fields: string, path: string, code: number, location: string]
>(async (t, target, fields, path, code, location) => {
  const name = path.split('/')[1] ?? '';
  await gateway.apply(
    `${name}.yaml`,
    mapping(name, target, `prefix: /${name}, host_redirect: true, ${fields}`),
  );
  const { status, headers } = await gateway.ask({ path, host: 'asked.example' });
  t.is(status, code);
  t.is(headers.location, location);
});

test('the redirect to https has the headers that its Mapping adds to answers', async (t) => {
  await gateway.apply(
    'hsts.yaml',
    host('sec.example', 'requestPolicy: { insecure: { action: Redirect } }') +
      mapping(
        'hsts',
        a.port,
        'prefix: /hsts/, hostname: sec.example, add_response_headers: { strict-transport-security: { value: max-age=60 } }',
      ),
  );
  const { status, headers } = await gateway.ask({ path: '/hsts/x', host: 'sec.example' });
  t.is(status, 301);
  t.is(headers.location, 'https://sec.example/hsts/x');
  t.is(headers['strict-transport-security'], 'max-age=60');
});

test(
  'host_redirect sends to another host, with the same path and query',
  redirects,
  'other.example',
  '',
  '/host/deep?q=1',
  301,
  'http://other.example/host/deep?q=1',
);

test(
  'a scheme and a port in the target are used',
  redirects,
  'https://other.example:8443',
  'redirect_response_code: 308',
  '/secure/x',
  308,
  'https://other.example:8443/secure/x',
);

test(
  'path_redirect replaces the path',
  redirects,
  'other.example',
  'path_redirect: /elsewhere, redirect_response_code: 302',
  '/path/deep',
  302,
  'http://other.example/elsewhere',
);

test(
  'prefix_redirect replaces the matched prefix',
  redirects,
  'other.example',
  'prefix_redirect: /new, redirect_response_code: 303',
  '/prefix/deep?q=1',
  303,
  'http://other.example/new/deep?q=1',
);

test(
  'regex_redirect replaces what matches',
  redirects,
  'other.example',
  String.raw`redirect_response_code: 307, regex_redirect: { pattern: '^/regex/([a-z]+)/([0-9]+)$', substitution: '/\2/\1' }`,
  '/regex/item/42',
  307,
  'http://other.example/42/item',
);

test('path_redirect beats the other two, and that is reported', async (t) => {
  await gateway.apply(
    'two.yaml',
    mapping(
      'two',
      'other.example',
      'prefix: /two, host_redirect: true, path_redirect: /a, prefix_redirect: /b',
    ),
  );
  t.is((await gateway.ask({ path: '/two/x' })).headers.location, 'http://other.example/a');
  t.like(await gateway.problems('Mapping default/two'), [{ field: 'spec.path_redirect' }]);
});

test('a Host takes a redirect by label like any other Mapping', async (t) => {
  await gateway.apply(
    'label.yaml',
    bareMapping(
      'label',
      'other.example',
      'prefix: /label, host_redirect: true',
      'name: label, labels: { team: red }',
    ),
  );
  const { headers } = await gateway.ask({ path: '/label', host: 'selected.example' });
  t.is(headers.location, 'http://other.example/label');
  t.is((await gateway.ask({ path: '/label', host: 'unselected.example' })).status, 404);
});

test('a redirect and a service in one group: the first by name counts, the other is reported', async (t) => {
  await gateway.apply(
    'mixed.yaml',
    mapping('mixed-a', a.port, 'prefix: /mixed/') +
      mapping('mixed-b', 'other.example', 'prefix: /mixed/, host_redirect: true'),
  );
  t.is((await gateway.ask({ path: '/mixed/' })).said.service, 'a');
  t.like(await gateway.problems('Mapping default/mixed-b'), [{ problem: 'Conflict' }]);
});
