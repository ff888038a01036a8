import { Agent } from 'node:http';

import test from 'ava';

import { startBackend } from '../../../src/edge/example-backends.ts';
import type { FilterUse, HttpFilter } from '../../../src/ir/filter/filter.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { Port } from '../../../src/ir/port.ts';
import type { Route } from '../../../src/ir/route.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import { ask, type Question } from '../../_support/envoy/ask.ts';
import { showLoad, startLoad } from '../../_support/envoy/load.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import {
  aChain,
  aCluster,
  aForward,
  aListener,
  anIr,
  aRoute,
  aVirtualHost,
  requestsOf,
} from '../../_support/world/an-ir.ts';

const backend = await startBackend({ name: 'shop', port: 0 });

const limit = 'Module default/limit buffer';

const buffer = (maxRequestBytes: number): HttpFilter => ({
  _tag: 'Buffer',
  maxRequestBytes,
  from: ['Module default/limit'],
});

const unavailable: HttpFilter = {
  _tag: 'Unavailable',
  kind: 'Buffer',
  from: ['Module default/limit'],
};

const off: FilterUse = { filter: limit, settings: { _tag: 'Off', kind: 'Buffer' } };

const larger: FilterUse = { filter: limit, settings: { _tag: 'Buffer', maxRequestBytes: 1000 } };

const route = (value: string, fields: Partial<Route> = {}): Route =>
  aRoute({
    match: { ...aRoute().match, path: { _tag: 'Prefix', value, caseSensitive: true } },
    ...fields,
  });

const redirect = { _tag: 'Redirect', host: 'else.example', code: 302 } as const;

const routes = [
  route('/off', { filters: [off], action: aForward({ upgrades: ['websocket'] }) }),
  route('/larger', { filters: [larger] }),
  route('/lost', { filters: [{ ...larger, filter: 'Module default/other buffer' }] }),
  route('/redirect/off', { filters: [off], action: redirect }),
  route('/redirect', { action: redirect }),
  route('/'),
];

/** Other hosts: with so many the table is cut. */
const crowd = (count: number) =>
  Array.from({ length: count }, (_, i) => aVirtualHost(`h${i}.example`, route('/')));

/** An Envoy with two ports: requests to the first one pass the filter. */
const limiting = async (hosts: number) => {
  const [port, free] = [(await freePort()) as Port, (await freePort()) as Port];
  const envoy = await anIrInEnvoy();
  const irOf = (filter?: HttpFilter): Ir =>
    anIr({
      listeners: [aListener({ port }), aListener({ name: 'free', port: free })],
      filterChains: [
        aChain({ carries: requestsOf('web', {}, [limit]) }),
        aChain({ listener: 'free', carries: requestsOf('free') }),
      ],
      filters: filter === undefined ? [] : [[limit, filter]],
      virtualHosts: [
        aVirtualHost('a.example', ...routes),
        aVirtualHost('*', route('/')),
        { ...aVirtualHost('*', route('/')), table: 'free' },
        ...crowd(hosts),
      ],
      clusters: [
        aCluster({ discovery: { _tag: 'Static', address: '127.0.0.1', port: backend.port } }),
      ],
    });
  const status = async (path: string, bytes: number, question: Partial<Question> = {}) => {
    const body = 'x'.repeat(bytes);
    const answer = await ask({ port, host: 'a.example', method: 'POST', path, body, ...question });
    return answer.status;
  };
  return {
    ...envoy,
    port,
    free,
    serve: async (filter?: HttpFilter) => await envoy.serve(irOf(filter)),
    status,
    listeners: async () =>
      Object.fromEntries(
        await envoy.admin.stats('listener_manager.(listener_|total_|lds.update_success)'),
      ),
  };
};

const paths = ['/', '/larger', '/off', '/lost', '/redirect', '/redirect/off'] as const;

const [whole, cut, fresh] = [await limiting(0), await limiting(300), await limiting(0)];
test.after.always(async () => {
  await Promise.all([whole.stop(), cut.stop(), fresh.stop(), backend.close()]);
});

for (const [hosts, envoy] of [
  ['no', whole],
  ['300', cut],
] as const) {
  const statuses = async (bytes: number) =>
    await Promise.all(paths.map(async (path) => await envoy.status(path, bytes)));

  test.serial(`a route has its own settings or none: ${hosts} other hosts`, async (t) => {
    t.timeout(120_000);
    const { refused } = await envoy.serve(buffer(10));
    t.deepEqual(refused, []);
    t.deepEqual(await statuses(10), [200, 200, 200, 503, 302, 302]);
    t.deepEqual(await statuses(100), [413, 200, 200, 413, 413, 302]);
    t.deepEqual(await statuses(2000), [413, 413, 200, 413, 413, 302]);
    t.is(await envoy.status('/', 2000, { port: envoy.free }), 200);
  });

  test.serial(
    `what cannot be built lets nothing pass but where it is off: ${hosts} other hosts`,
    async (t) => {
      t.timeout(120_000);
      await envoy.serve(buffer(10));
      const before = await envoy.listeners();
      t.deepEqual((await envoy.serve(unavailable)).refused, []);
      t.deepEqual(await statuses(0), [503, 503, 200, 503, 503, 302]);
      t.is(await envoy.status('/', 2000, { port: envoy.free }), 200);
      t.deepEqual(await envoy.listeners(), before);
      await envoy.serve(buffer(10));
      t.deepEqual(await statuses(0), [200, 200, 200, 503, 302, 302]);
      t.deepEqual(await envoy.listeners(), before);
    },
  );

  test.serial(
    `what is idle lets everything pass, and holds the place in the listener: ${hosts} other hosts`,
    async (t) => {
      t.timeout(120_000);
      await envoy.serve(buffer(10));
      const before = await envoy.listeners();
      const idle = { _tag: 'Idle', kind: 'Buffer', from: [] } as const;
      t.deepEqual((await envoy.serve(idle)).refused, []);
      t.deepEqual(await statuses(100), [200, 200, 200, 503, 302, 302]);
      t.deepEqual(await envoy.listeners(), before);
      await envoy.serve(buffer(10));
      t.deepEqual(await statuses(100), [413, 200, 200, 413, 413, 302]);
      t.deepEqual(await envoy.listeners(), before);
    },
  );

  test.serial(`a name that nothing has lets nothing pass: ${hosts} other hosts`, async (t) => {
    t.timeout(120_000);
    await envoy.serve(undefined);
    t.deepEqual(await statuses(0), [503, 503, 200, 503, 503, 302]);
    t.is(await envoy.status('/', 2000, { port: envoy.free }), 200);
  });
}

test.serial(
  'other settings reach open connections, under load, and no listener changes',
  async (t) => {
    t.timeout(120_000);
    const envoy = whole;
    await envoy.serve(buffer(10));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.teardown(() => agent.destroy());
    await eventually(
      'the listener with the filter serves',
      async () => (await envoy.status('/', 100)) === 413,
    );
    t.is(await envoy.status('/', 100, { agent }), 413);
    t.is(await envoy.status('/', 5, { agent }), 200);
    const [socket] = Object.values(agent.freeSockets).flat();
    const before = await envoy.listeners();
    const load = startLoad(t, [
      `http://127.0.0.1:${envoy.free}/`,
      `http://127.0.0.1:${envoy.port}/`,
    ]);
    for (let bytes = 100; bytes < 120; bytes += 1) {
      await envoy.serve(buffer(bytes));
      await load.more(40);
    }
    const report = await load.stop();
    t.log(showLoad(report));
    t.deepEqual(report.failures, []);
    t.is(await envoy.status('/', 100, { agent }), 200);
    t.is(Object.values(agent.freeSockets).flat()[0], socket);
    t.deepEqual(await envoy.listeners(), before);
  },
);

test.serial(
  'a new listener whose filter Envoy refuses lets nothing pass, and serves when it is mended',
  async (t) => {
    t.timeout(120_000);
    const envoy = fresh;
    const { refused } = await envoy.serve(buffer(0));
    t.deepEqual(
      refused.map(({ name }) => name),
      [limit],
    );
    t.is(await envoy.status('/', 5), 503);
    t.is(await envoy.status('/off', 5), 200);
    await envoy.serve(buffer(10));
    t.is(await envoy.status('/', 5), 200);
    t.is((await envoy.serve(buffer(0))).refused.length, 1);
    t.is(await envoy.status('/', 5), 200);
    t.is(await envoy.status('/', 100), 413);
  },
);
