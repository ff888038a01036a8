import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close()]);
});

/** The path that a service is asked for. */
const rewrites = test.macro<[name: string, fields: string, asked: string, got: string]>(
  async (t, name, fields, asked, got) => {
    await gateway.apply(`${name}.yaml`, mapping(name, a.port, fields));
    t.is((await gateway.ask({ path: asked })).said.path, got);
  },
);

test(
  'by default the matched prefix becomes a slash',
  rewrites,
  'default',
  'prefix: /default/',
  '/default/x?q=1',
  '/x?q=1',
);

test(
  'an empty rewrite leaves the path alone',
  rewrites,
  'empty',
  "prefix: /empty/, rewrite: ''",
  '/empty/x?q=1',
  '/empty/x?q=1',
);

test(
  'a rewrite replaces the matched prefix',
  rewrites,
  'explicit',
  'prefix: /explicit/, rewrite: /new/place/',
  '/explicit/x',
  '/new/place/x',
);

test(
  'a rewrite without a slash in front gets one',
  rewrites,
  'bare',
  'prefix: /bare/, rewrite: noslash/',
  '/bare/x',
  '/noslash/x',
);

test(
  'a rewrite replaces an exact path, whatever its case',
  rewrites,
  'exact',
  'prefix: /exact, prefix_exact: true, case_sensitive: false, rewrite: /one',
  '/EXACT',
  '/one',
);

test(
  'regex_rewrite replaces what matches and beats rewrite',
  rewrites,
  'by-regex',
  String.raw`prefix: /by-regex/, rewrite: /no, regex_rewrite: { pattern: '/by-regex/([a-z]+)', substitution: '/got-\1' }`,
  '/by-regex/abc/def',
  '/got-abc/def',
);

test(
  'a regular expression as prefix leaves the path alone',
  rewrites,
  'as-regex',
  "prefix: '/as-regex/[a-z]+', prefix_regex: true",
  '/as-regex/abc',
  '/as-regex/abc',
);

test('without a rewrite the service sees the name it was asked by', async (t) => {
  await gateway.apply('same-host.yaml', mapping('same-host', a.port, 'prefix: /same-host/'));
  const { said } = await gateway.ask({ path: '/same-host/', host: 'asked.example:81' });
  t.is(said.headers['host'], 'asked.example:81');
});

test('host_rewrite sets the name the service sees', async (t) => {
  await gateway.apply(
    'host.yaml',
    mapping('host', a.port, 'prefix: /host/, host_rewrite: inner.example'),
  );
  t.is((await gateway.ask({ path: '/host/' })).said.headers['host'], 'inner.example');
});

test('auto_host_rewrite sets the name the service has in DNS', async (t) => {
  await gateway.apply(
    'auto.yaml',
    mapping('auto', `localhost:${a.port}`, 'prefix: /auto/, auto_host_rewrite: true'),
  );
  t.is((await gateway.ask({ path: '/auto/' })).said.headers['host'], 'localhost');
});
