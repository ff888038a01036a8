import { Agent } from 'node:http';

import test from 'ava';

import { startBackend } from '../../src/edge/example-backends.ts';
import { aGateway } from '../_support/envoy/a-gateway.ts';
import { mapping, openHost } from '../_support/world/routing-manifests.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });
const gateway = await aGateway(openHost);
test.after.always(async () => {
  await Promise.all([gateway.stop(), a.close(), b.close()]);
});

/** How many of so many requests service b answers; every one of them must be answered. */
const answeredByB = async (path: string, requests: number): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let [left, ofB] = [requests, 0];
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const { status, headers } = await gateway.ask({ path, agent });
      if (status !== 200) throw new Error(`expected 200, got ${status}`);
      if (headers['x-service'] === 'b') ofB += 1;
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  agent.destroy();
  return ofB;
};

/** The share of service b, within four standard deviations: by chance 1 run in 15,000 is outside. */
const shares = test.macro<[name: string, manifests: string, share: number, requests: number]>(
  async (t, name, manifests, share, requests) => {
    t.timeout(300_000);
    await gateway.apply(`${name}.yaml`, manifests);
    const got = await answeredByB(`/${name}/`, requests);
    const deviation = Math.sqrt(requests * share * (1 - share));
    t.true(
      Math.abs(got - requests * share) <= 4 * deviation,
      `expected ${requests * share} ± ${Math.round(4 * deviation)} of ${requests}, got ${got}`,
    );
  },
);

test.serial(
  'a canary of weight 10 gets a tenth of 10,000 requests',
  shares,
  'tenth',
  mapping('tenth', a.port, 'prefix: /tenth/') +
    mapping('tenth-canary', b.port, 'prefix: /tenth/, weight: 10'),
  0.1,
  10_000,
);

test.serial(
  'weights below 100 without a Mapping for the rest are proportions',
  shares,
  'below',
  mapping('below', a.port, 'prefix: /below/, weight: 20') +
    mapping('below-canary', b.port, 'prefix: /below/, weight: 30'),
  0.6,
  2000,
);

test.serial(
  'weights above 100 are proportions',
  shares,
  'above',
  mapping('above', a.port, 'prefix: /above/, weight: 90') +
    mapping('above-canary', b.port, 'prefix: /above/, weight: 60'),
  0.4,
  2000,
);

test.serial('weight 0 gets nothing, and weight 100 everything', async (t) => {
  await gateway.apply(
    'zero.yaml',
    mapping('zero', a.port, 'prefix: /zero/') +
      mapping('zero-canary', b.port, 'prefix: /zero/, weight: 0'),
  );
  t.is(await answeredByB('/zero/', 200), 0);

  await gateway.apply(
    'zero.yaml',
    mapping('zero', a.port, 'prefix: /zero/') +
      mapping('zero-canary', b.port, 'prefix: /zero/, weight: 100'),
  );
  t.is(await answeredByB('/zero/', 200), 200);
});

test.serial('weights that do not sum to 100 are reported', async (t) => {
  await gateway.apply(
    'sum.yaml',
    mapping('sum-a', a.port, 'prefix: /sum/, weight: 20') +
      mapping('sum-b', b.port, 'prefix: /sum/, weight: 30'),
  );
  t.like(await gateway.problems('Mapping default/sum-a'), [
    { field: 'spec.weight', got: '20 in a sum of 50; read as proportions' },
  ]);
});

test.serial('what a canary rewrites it rewrites for itself alone', async (t) => {
  await gateway.apply(
    'own.yaml',
    mapping('own', a.port, 'prefix: /own/') +
      mapping(
        'own-canary',
        b.port,
        'prefix: /own/, weight: 0, rewrite: /canary/, host_rewrite: c.test',
      ),
  );
  const { said } = await gateway.ask({ path: '/own/x', host: 'asked.example' });
  t.is(said.path, '/x');
  t.is(said.headers.host, 'asked.example');
});
