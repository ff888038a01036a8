import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import type { Question } from '../_support/envoy/ask.ts';
import { mapping, openHost, service, slice } from '../_support/world/routing-manifests.ts';

/** Three endpoints of one Service: the same port on three addresses of this machine. */
const first = await startBackend({ name: 'one', port: 0 });
const others = await Promise.all(
  ['2', '3'].map(
    async (n) => await startBackend({ name: n, host: `127.0.0.${n}`, port: first.port }),
  ),
);
const gateway = await aGateway(
  (ports) =>
    openHost(ports) +
    service('three') +
    slice(
      'three-1',
      'three',
      `ports: [{ port: ${first.port} }]
endpoints: [{ addresses: [127.0.0.1] }, { addresses: [127.0.0.2] }, { addresses: [127.0.0.3] }]`,
    ),
);
test.after.always(async () => {
  await Promise.all([gateway.stop(), first.close(), ...others.map(({ close }) => close())]);
});

const balanced = async (name: string, loadBalancer: string): Promise<void> => {
  await gateway.apply(
    `${name}.yaml`,
    mapping(
      name,
      'three',
      `prefix: /${name}/, resolver: endpoint, load_balancer: { ${loadBalancer} }`,
    ),
  );
};

const ten = Array.from({ length: 10 }, (_, i) => i);

/** Who answers; requests with the same key are asked three times and must meet the same endpoint. */
const sticks = async (
  path: string,
  question: (key: number) => Partial<Question>,
): Promise<ReadonlySet<string | undefined>> => {
  const met = new Set<string | undefined>();
  for (const key of ten) {
    const services = new Set<string | undefined>();
    for (let i = 0; i < 3; i++)
      services.add((await gateway.ask({ path, ...question(key) })).said.service);
    if (services.size > 1) throw new Error(`key ${key} met ${[...services].join(' and ')}`);
    for (const one of services) met.add(one);
  }
  return met;
};

for (const policy of ['round_robin', 'least_request'])
  test(`${policy} uses all endpoints`, async (t) => {
    const name = policy.replace('_', '-');
    await balanced(name, `policy: ${policy}`);
    const met = new Set<string | undefined>();
    for (let i = 0; i < 40; i++) met.add((await gateway.ask({ path: `/${name}/` })).said.service);
    t.deepEqual([...met].sort(), ['2', '3', 'one']);
  });

test('ring_hash keeps a header with one endpoint, and different ones apart', async (t) => {
  await balanced('header', 'policy: ring_hash, header: x-user');
  const met = await sticks('/header/', (key) => ({ headers: { 'x-user': `user ${key}` } }));
  t.true(met.size > 1);
});

test('maglev keeps a client address with one endpoint', async (t) => {
  await balanced('address', 'policy: maglev, source_ip: true');
  const met = await sticks('/address/', (key) => ({ from: `127.0.1.${key + 1}` }));
  t.true(met.size > 1);
});

test('ring_hash hands out a cookie and keeps it with one endpoint', async (t) => {
  await balanced('cookie', 'policy: ring_hash, cookie: { name: stick, path: /cookie, ttl: 60s }');
  const cookies = await Promise.all(
    ten.map(async () => (await gateway.ask({ path: '/cookie/' })).headers['set-cookie'] ?? []),
  );
  t.regex(cookies[0]?.[0] ?? '', /^stick="?\w+"?; Max-Age=60; Path=\/cookie; HttpOnly$/);
  const met = await sticks('/cookie/', (key) => ({
    headers: { cookie: cookies[key]?.[0]?.split(';')[0] ?? '' },
  }));
  t.true(met.size > 1);
});

test('a policy that hashes nothing, and one that DNS cannot follow, are reported', async (t) => {
  await balanced('nothing', 'policy: ring_hash');
  t.like(await gateway.problems('Mapping default/nothing'), [{ field: 'spec.load_balancer' }]);

  await gateway.apply(
    'dns.yaml',
    mapping('dns', first.port, 'prefix: /dns/, load_balancer: { policy: maglev, header: a }'),
  );
  t.like(await gateway.problems('Mapping default/dns'), [{ field: 'spec.load_balancer.policy' }]);
  t.is((await gateway.ask({ path: '/dns/' })).said.service, 'one');
});
