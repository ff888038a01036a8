import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import type { Backend, ClusterBackend } from '../../../src/ir/backend.ts';
import { askMany } from '../../_support/envoy/ask-many.ts';
import { routesInEnvoy } from '../../_support/envoy/routes-in-envoy.ts';
import { aForward, aRoute } from '../../_support/world/an-ir.ts';

const a = await startBackend({ name: 'a', port: 0 });
const b = await startBackend({ name: 'b', port: 0 });

const to = (cluster: string, weight: number, value = cluster): ClusterBackend => ({
  _tag: 'Cluster',
  cluster,
  weight,
  requestHeaders: { add: [{ name: 'x-share', value, append: false }], remove: ['x-gone'] },
  responseHeaders: { add: [{ name: 'location', value, append: false }], remove: [] },
});

const fails = (weight: number): Backend => ({ _tag: 'Fails', status: 500, weight });

const cases: Readonly<Record<string, readonly Backend[]>> = {
  '/shared': [to('a', 3), to('b', 1)],
  '/failing': [to('a', 1_000_000), to('b', 1_000_000), fails(2_000_000)],
  '/never': [to('a', 1), to('b', 0), fails(0)],
  '/always': [fails(1), to('a', 0)],
  '/nobody': [],
};

const envoy = await routesInEnvoy(
  Object.entries(cases).map(([value, backends]) =>
    aRoute({
      match: { ...aRoute().match, path: { _tag: 'Exact', value, caseSensitive: true } },
      action: aForward({ backends }),
    }),
  ),
  { a: a.port, b: b.port },
);
test.after.always(async () => {
  await Promise.all([envoy.stop(), a.close(), b.close()]);
});

/** How many of so many requests are answered in which way. */
const answers = async (path: string, count: number): Promise<ReadonlyMap<string, number>> => {
  const request = `GET ${path} HTTP/1.1\r\nhost: a\r\n\r\n`;
  const all = await askMany(envoy.port, Array<string>(count).fill(request));
  const shown = all.map(({ status, location }) => `${status} ${location ?? ''}`.trim());
  return new Map(
    [...Map.groupBy(shown, (one) => one)].map(([kind, ofKind]) => [kind, ofKind.length]),
  );
};

const requests = 8000;

/** Within four standard deviations: by chance 1 run in 15,000 is outside. */
const shares = test.macro<[path: string, expected: Readonly<Record<string, number>>]>(
  async (t, path, expected) => {
    t.timeout(120_000);
    const got = await answers(path, requests);
    t.deepEqual([...got.keys()].sort(), Object.keys(expected).sort());
    for (const [kind, share] of Object.entries(expected)) {
      const count = got.get(kind) ?? 0;
      const deviation = Math.sqrt(requests * share * (1 - share));
      t.true(Math.abs(count - requests * share) <= 4 * deviation, `${kind}: ${count}`);
    }
  },
);

test('backends share the requests by weight', shares, '/shared', { '200 a': 0.75, '200 b': 0.25 });
test(
  'a share that fails is answered with 500, and the others have what is theirs',
  shares,
  '/failing',
  {
    '200 a': 0.25,
    '200 b': 0.25,
    '500': 0.5,
  },
);
test('what has no weight gets no request', shares, '/never', { '200 a': 1 });
test('when all that has weight fails, every request does', shares, '/always', { '500': 1 });
test('without a backend every request fails', shares, '/nobody', { '500': 1 });

test('headers of a share are changed in its requests and answers alone', async (t) => {
  const { headers, said } = await envoy.ask({ path: '/never', headers: { 'x-gone': '1' } });
  t.is(headers.location, 'a');
  t.is(said.headers['x-share'], 'a');
  t.is(said.headers['x-gone'], undefined);
});
