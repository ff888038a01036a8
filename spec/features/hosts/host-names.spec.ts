import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import { aGateway } from '../../_support/envoy/a-gateway.ts';
import { answered, type Expected } from '../../_support/envoy/answers.ts';
import { bareMapping, host, mapping, openHost } from '../../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const gateway = await aGateway((ports) => openHost(ports) + host('*.wide.example'));
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** Who answers each of these requests. */
const answers = test.macro<[manifests: string, expected: readonly Expected[]]>(
  async (t, manifests, expected) => await answered(t, gateway, manifests, expected),
);

test(
  'an exact hostname, whatever its case and port',
  answers,
  mapping('exact', a.port, 'prefix: /exact/, hostname: shop.example.com'),
  [
    ['a', { path: '/exact/', host: 'shop.example.com' }],
    ['a', { path: '/exact/', host: 'SHOP.Example.COM' }],
    ['a', { path: '/exact/', host: 'shop.example.com:8443' }],
    [404, { path: '/exact/', host: 'other.example.com' }],
    [404, { path: '/exact/', host: 'a.shop.example.com' }],
  ],
);

test(
  'a hostname that is written with a port and in upper case',
  answers,
  mapping('written', a.port, "prefix: /written/, hostname: 'Written.Example.com:8080'"),
  [
    ['a', { path: '/written/', host: 'written.example.com' }],
    ['a', { path: '/written/', host: 'written.example.com:1' }],
  ],
);

test(
  'a regular expression for host names, whatever their case and port',
  answers,
  mapping('rx', a.port, "prefix: /rx/, host: '^(ra|rb)\\.example\\.com$', host_regex: true"),
  [
    ['a', { path: '/rx/', host: 'ra.example.com' }],
    ['a', { path: '/rx/', host: 'ra.example.com:8080' }],
    ['a', { path: '/rx/', host: 'RB.Example.com' }],
    [404, { path: '/rx/', host: 'rc.example.com' }],
    [404, { path: '/rx/', host: 'ra.example.com.evil.example' }],
  ],
);

test(
  'a name with and without its last dot is the same',
  answers,
  mapping('dot', a.port, 'prefix: /dot/, hostname: dot.example.com.') +
    mapping('no-dot', b.port, 'prefix: /no-dot/, hostname: dot.example.com'),
  [
    ['a', { path: '/dot/', host: 'dot.example.com' }],
    ['b', { path: '/no-dot/', host: 'dot.example.com.' }],
    ['b', { path: '/no-dot/', host: 'dot.example.com.:8080' }],
  ],
);

test(
  'a wildcard in front, beside a name inside it',
  answers,
  mapping('suffix', a.port, "prefix: /front/, hostname: '*.front.example'") +
    mapping('inside', b.port, 'prefix: /front/, hostname: in.front.example'),
  [
    ['a', { path: '/front/', host: 'x.front.example' }],
    ['a', { path: '/front/', host: 'x.y.FRONT.example:80' }],
    ['b', { path: '/front/', host: 'in.front.example' }],
    [404, { path: '/front/', host: 'front.example' }],
  ],
);

test('a wildcard at the end', answers, mapping('end', a.port, "prefix: /end/, hostname: 'end.*'"), [
  ['a', { path: '/end/', host: 'end.example' }],
  ['a', { path: '/end/', host: 'end.example.com:8080' }],
  [404, { path: '/end/', host: 'an.end.example' }],
]);

test(
  'a longer prefix for every host stands beside a short one for one host',
  answers,
  mapping('everywhere', a.port, 'prefix: /both/long/') +
    mapping('one-host', b.port, 'prefix: /both/, hostname: both.example'),
  [
    ['a', { path: '/both/long/', host: 'both.example' }],
    ['b', { path: '/both/short/', host: 'both.example' }],
    [404, { path: '/both/short/', host: 'another.example' }],
  ],
);

test(
  'host is an exact name, and with host_regex an expression',
  answers,
  mapping('by-host', a.port, 'prefix: /host/, host: by-host.example') +
    mapping('by-regex', b.port, "prefix: /host/, host: '[0-9]+\\.example', host_regex: true"),
  [
    ['a', { path: '/host/', host: 'by-host.example' }],
    ['b', { path: '/host/', host: '42.example' }],
    [404, { path: '/host/', host: 'x42.example' }],
  ],
);

test(
  'a header matcher on :authority is a hostname',
  answers,
  bareMapping('auth', a.port, "prefix: /auth/, headers: { ':authority': auth.example }"),
  [
    ['a', { path: '/auth/', host: 'auth.example' }],
    [404, { path: '/auth/', host: 'other.example' }],
  ],
);

test(
  'a Mapping that crosses a wildcard Host serves the names in both',
  answers,
  mapping('crossing', a.port, "prefix: /cross/, hostname: 'cross.*'"),
  [
    ['a', { path: '/cross/', host: 'cross.wide.example' }],
    [404, { path: '/cross/', host: 'other.wide.example' }],
  ],
);

test('a hostname that is no hostname is reported, and nothing else suffers', async (t) => {
  await gateway.apply(
    'bad.yaml',
    mapping('bad', a.port, "prefix: /bad/, hostname: 'a.*.b'") +
      mapping('good', a.port, 'prefix: /good/'),
  );
  t.like(await gateway.problems('Mapping default/bad'), [
    { problem: 'InvalidField', field: 'spec.hostname', got: '"a.*.b"' },
  ]);
  t.is((await gateway.ask({ path: '/good/' })).status, 200);
});
