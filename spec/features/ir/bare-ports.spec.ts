import test from 'ava';

import type { Cluster } from '../../../src/ir/cluster.ts';
import type { WeightedCluster } from '../../../src/ir/filter-chain.ts';
import type { Port } from '../../../src/ir/port.ts';
import { anIrInEnvoy } from '../../_support/envoy/an-ir-in-envoy.ts';
import {
  openSocket,
  say,
  startEchoingSocket,
  startRepeater,
} from '../../_support/envoy/connections.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { aChain, aClusterAt, aListener, anIr } from '../../_support/world/an-ir.ts';

const [a, b] = [await startRepeater('a'), await startRepeater('b')];
const envoy = await anIrInEnvoy();
test.after.always(async () => {
  await Promise.all([envoy.stop(), a.close(), b.close()]);
});

const clusters = [aClusterAt('a', a.port), aClusterAt('b', b.port)];

/** A port that carries connections to these backends, a new one unless it is told. */
const serve = async (backends: readonly WeightedCluster[], at?: number): Promise<number> => {
  const port = (at ?? (await freePort())) as Port;
  const { refused } = await envoy.serve(
    anIr({
      listeners: [aListener({ port })],
      filterChains: [aChain({ carries: { _tag: 'Tcp', statPrefix: 'bare', backends } })],
      clusters,
    }),
  );
  if (refused.length > 0) throw new Error(`expected nothing refused, got ${refused[0]?.message}`);
  return port;
};

const toA = [{ cluster: 'a', weight: 1 }];

test.serial('a connection is passed on as it is, and each of its ends by itself', async (t) => {
  const port = await serve(toA);
  t.is(await say(port, 'GET / HTTP/1.1\r\n\r\n'), 'a: GET / HTTP/1.1\r\n\r\n');
});

test.serial('backends share connections by weight', async (t) => {
  t.timeout(120_000);
  const port = await serve([
    { cluster: 'a', weight: 3 },
    { cluster: 'b', weight: 1 },
  ]);
  let ofB = 0;
  for (let i = 0; i < 800; i += 1) if ((await say(port, '')) === 'b: ') ofB += 1;
  const deviation = Math.sqrt(800 * 0.25 * 0.75);
  t.true(Math.abs(ofB - 200) <= 4 * deviation, `expected about 200 of 800, got ${ofB}`);
});

test.serial('a port whose backend changes refuses nobody meanwhile', async (t) => {
  const port = await serve(toA);
  const answers = new Set([await say(port, '')]);
  const asking = (async () => {
    while (!answers.has('b: ')) answers.add(await say(port, ''));
  })();
  await serve([{ cluster: 'b', weight: 1 }], port);
  await asking;
  t.deepEqual([...answers], ['a: ', 'b: ']);
});

test.serial('an open connection stays when its port is given another backend', async (t) => {
  const echo = await startEchoingSocket();
  t.teardown(async () => await echo.close());
  const port = (await freePort()) as Port;
  const serving = async (cluster: string, known: readonly Cluster[]): Promise<void> => {
    const carries = {
      _tag: 'Tcp',
      statPrefix: 'bare',
      backends: [{ cluster, weight: 1 }],
    } as const;
    await envoy.serve(
      anIr({
        listeners: [aListener({ port })],
        filterChains: [aChain({ carries })],
        clusters: known,
      }),
    );
  };
  await serving('echo', [aClusterAt('echo', echo.port), ...clusters]);
  const open = await openSocket(t, port);
  t.is(await open.ask('one'), 'one');
  await serving('a', clusters);
  await eventually(
    'new connections go to the other backend',
    async () => (await say(port, '')) === 'a: ',
  );
  t.is(await open.ask('two'), 'two');
  await eventually('its cluster has rested and is removed', async () => {
    const clusters = await envoy.admin.configDump('?resource=dynamic_active_clusters');
    return !JSON.stringify(clusters).includes('echo');
  });
  t.is(await open.ask('three'), 'three');
  const updated = 'listener_manager.listener_in_place_updated';
  t.is((await envoy.admin.stats(updated)).get(updated), 0);
});

test.serial(
  'without a backend, or with one that is not there, a connection is closed',
  async (t) => {
    for (const backends of [[], [{ cluster: 'nowhere', weight: 1 }]]) {
      const port = await serve(backends);
      t.is(await say(port, 'hello').catch(() => ''), '');
    }
  },
);
