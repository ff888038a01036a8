import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Route } from '../../../src/ir/route.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask } from '../../_support/envoy/ask.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aClusterAt,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
} from '../../_support/world/an-ir.ts';

const backend = await startBackend({ name: 'shop', port: 0 });
const envoy = await anIrInEnvoy();
test.after.always(async () => {
  await Promise.all([envoy.stop(), backend.close()]);
});

/** So many routes, of which the last takes every path. */
const routes = (count: number): readonly Route[] =>
  Array.from({ length: count }, (_, i) =>
    aRoute({
      match: {
        ...aRoute().match,
        path: { _tag: 'Prefix', value: i === count - 1 ? '/' : `/p${i}/`, caseSensitive: true },
      },
    }),
  );

/** Hosts inside of others that have routes: themselves they have none. */
const serve = async (others: number, routesOfAll: number): Promise<Port> => {
  const port = (await freePort()) as Port;
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port })],
      filterChains: [aChain()],
      virtualHosts: [
        aVirtualHost('*', ...routes(routesOfAll)),
        aVirtualHost('*.example', ...routes(routesOfAll)),
        aVirtualHost('a.example'),
        aVirtualHost('*.b.example'),
        aVirtualHost('c.b.example', ...routes(1)),
        ...Array.from({ length: others }, (_, i) => aVirtualHost(`h${i}.example`, ...routes(1))),
      ],
      clusters: [aClusterAt('shop', backend.port)],
    }),
  );
  if (refused.length > 0) throw new Error(`Envoy refuses ${JSON.stringify(refused)}`);
  return port;
};

const answers = async (port: Port): Promise<Readonly<Record<string, number>>> =>
  Object.fromEntries(
    await Promise.all(
      ['a.example', 'x.b.example', 'c.b.example', 'x.example', 'else.test'].map(
        async (host) => [host, (await ask({ port, host, path: '/p1/x' })).status] as const,
      ),
    ),
  );

for (const [title, others, routesOfAll] of [
  ['a whole table', 0, 1],
  ['a table that is cut', 300, 1],
  ['a table with trees', 0, 100],
  ['a table with trees that is cut', 300, 100],
] as const)
  test.serial(
    `a host without routes answers 404, and no wider host serves it: ${title}`,
    async (t) => {
      t.timeout(120_000);
      t.deepEqual(await answers(await serve(others, routesOfAll)), {
        'a.example': 404,
        'x.b.example': 404,
        'c.b.example': 200,
        'x.example': 200,
        'else.test': 200,
      });
    },
  );

test.serial(
  'a host that loses its last route answers 404, and has it back with the next',
  async (t) => {
    const port = (await freePort()) as Port;
    const serveRoutes = async (count: number) =>
      await envoy.serve(
        anIr({
          listeners: [aListener({ port })],
          filterChains: [aChain()],
          virtualHosts: [
            aVirtualHost('*', ...routes(1)),
            aVirtualHost('a.example', ...routes(count)),
          ],
          clusters: [aClusterAt('shop', backend.port)],
        }),
      );
    for (const count of [1, 0, 1]) {
      const { refused } = await serveRoutes(count);
      t.deepEqual(refused, []);
      t.is((await ask({ port, host: 'a.example' })).status, count === 0 ? 404 : 200);
    }
  },
);
