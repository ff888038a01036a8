import { once } from 'node:events';
import { connect } from 'node:http2';

import test from 'ava';
import * as fc from 'fast-check';

import { allLabels, shardOfHost, type ShardLayout } from '../../../src/xds/shard/shard.ts';
import { askMany } from '../../_support/envoy/ask-many.ts';
import { startShardedEnvoy } from '../../_support/envoy/sharded-envoy.ts';

const layouts: readonly ShardLayout[] = [
  { shards: 64, labels: 1 },
  { shards: 512, labels: 2 },
  { shards: 512, labels: 3 },
  { shards: 4_096, labels: allLabels },
];

/** What a client may send, and the host by which Envoy matches virtual hosts then. */
const authorities: readonly (readonly [sent: string, host: string])[] = [
  ['shop.tenant.example.com', 'shop.tenant.example.com'],
  ['Shop.TENANT.example.COM', 'shop.tenant.example.com'],
  ['shop.tenant.example.com:80', 'shop.tenant.example.com'],
  ['shop.tenant.example.com:', 'shop.tenant.example.com'],
  ['shop.tenant.example.com:http', 'shop.tenant.example.com'],
  ['shop.tenant.example.com:1.2.3', 'shop.tenant.example.com'],
  ['shop.tenant.example.com:80:81', 'shop.tenant.example.com:80'],
  ['shop.tenant.example.com.', 'shop.tenant.example.com'],
  ['shop.tenant.example.com.:80', 'shop.tenant.example.com'],
  ['shop.tenant.example.com..', 'shop.tenant.example.com.'],
  ['..example.com', '..example.com'],
  ['.com', '.com'],
  ['a..b..c', 'a..b..c'],
  ['localhost', 'localhost'],
  ['LOCALHOST:8080', 'localhost'],
  ['my_host.a_b.example', 'my_host.a_b.example'],
  ['-dash-.x--y.example', '-dash-.x--y.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['10.20.30.40', '10.20.30.40'],
  ['10.20.30.40:8443', '10.20.30.40'],
  ['[::1]', '[::1]'],
  ['[::1]:8080', '[::1]'],
  ['[2001:DB8::1]:8080', '[2001:db8::1]'],
  ['[::ffff:10.20.30.40]', '[::ffff:10.20.30.40]'],
  ['::1', ':'],
  [`${'a'.repeat(63)}.${'B'.repeat(63)}.example`, `${'a'.repeat(63)}.${'b'.repeat(63)}.example`],
  [`${'x.'.repeat(120)}example`, `${'x.'.repeat(120)}example`],
  ['z'.repeat(4_000), 'z'.repeat(4_000)],
];

const request = (host: string, ...lines: readonly string[]): string =>
  [`GET / HTTP/1.1`, `host: ${host}`, ...lines, '\r\n'].join('\r\n');

const answer = (layout: ShardLayout, host: string): string =>
  `http://shard-${shardOfHost(layout, host)}/`;

for (const layout of layouts) {
  const cut = `${layout.shards} shards by ${layout.labels} labels`;

  test(`Envoy looks into the shard where a host is kept, ${cut}`, async (t) => {
    const { port } = await startShardedEnvoy(t, layout);
    const named = await askMany(
      port,
      authorities.map(([sent]) => request(sent)),
    );
    for (const [i, [sent, host]] of authorities.entries())
      t.is(named[i]?.location, answer(layout, host), sent);

    const any = fc.sample(anyAuthority, { seed: layout.shards + layout.labels, numRuns: 2_000 });
    const found = await askMany(
      port,
      any.map(({ sent }) => request(sent)),
    );
    t.deepEqual(
      found.map(({ location }) => location),
      any.map(({ host }) => answer(layout, host)),
    );
  });
}

const label = fc.string({
  unit: fc.constantFrom(...'abcxyzABCXYZ0189-_'),
  maxLength: 12,
});

/** Built from a host, so what Envoy takes for the host is known. */
const anyAuthority = fc
  .record({
    labels: fc.array(label, { minLength: 1, maxLength: 7 }),
    port: fc.oneof(
      fc.constant(''),
      fc.nat(65_535).map((port) => `:${port}`),
    ),
  })
  .map(({ labels, port }) => ({ name: labels.join('.'), port }))
  .filter(({ name }) => name !== '' && !name.endsWith('.'))
  .map(({ name, port }) => ({ sent: name + port, host: name.toLowerCase() }));

test('a client cannot choose the shard', async (t) => {
  const layout = { shards: 64, labels: 2 };
  const { port } = await startShardedEnvoy(t, layout);
  const host = 'shop.example.com';
  const others = Array.from({ length: 64 }, (_, i) => `x-headgate-shard: web#2.64.${i}`);
  const answers = await askMany(port, [
    ...others.map((line) => request(host, line)),
    request(host, ...others),
    request(host, 'X-Headgate-Shard: web'),
    request(host, 'x-headgate-shard:'),
  ]);
  t.is(answers.length, 67);
  for (const { location } of answers) t.is(location, answer(layout, host));
});

test('an upgrade is refused unless both the gate and the route allow it', async (t) => {
  const layout = { shards: 64, labels: 2 };
  const { port } = await startShardedEnvoy(t, layout, ['websocket', 'other']);
  const cases: readonly (readonly [status: number, ...lines: readonly string[]])[] = [
    [301, 'upgrade: websocket', 'connection: upgrade'],
    [301, 'Upgrade: WebSocket', 'Connection: keep-alive, Upgrade'],
    [403, 'upgrade: other', 'connection: upgrade'],
    [403, 'Upgrade: OTHER', 'Connection: keep-alive, UPGRADE'],
    [403, 'upgrade: third', 'connection: upgrade'],
    [301, 'upgrade: other', 'connection: keep-alive'],
    [301, 'upgrade: other'],
    [301],
  ];
  const answers = await askMany(
    port,
    cases.map(([, ...lines]) => request('shop.example.com', ...lines)),
    cases.length,
  );
  t.deepEqual(
    answers.map(({ status }) => status),
    cases.map(([status]) => status),
  );
});

test('the host of an absolute request line counts, not that of the header', async (t) => {
  const layout = { shards: 64, labels: 2 };
  const { port } = await startShardedEnvoy(t, layout);
  const [found] = await askMany(port, [
    'GET http://Shop.Example.com:81/ HTTP/1.1\r\nhost: other.example.net\r\n\r\n',
  ]);
  t.is(found?.location, answer(layout, 'shop.example.com'));
});

test('over HTTP/2 hosts lie in the same shards', async (t) => {
  const layout = { shards: 512, labels: 3 };
  const { port } = await startShardedEnvoy(t, layout);
  const client = connect(`http://127.0.0.1:${port}`);
  t.teardown(() => client.close());
  for (const [sent, host] of authorities.slice(0, 24)) {
    const stream = client.request({ ':authority': sent, 'x-headgate-shard': 'web#3.512.0' });
    const [headers] = (await once(stream, 'response')) as [{ readonly location?: string }];
    stream.close();
    t.is(headers.location, answer(layout, host), sent);
  }
});
