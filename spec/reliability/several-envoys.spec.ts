import { join } from 'node:path';

import test, { type ExecutionContext } from 'ava';

import { TypeUrl } from '../../src/xds/type-url.ts';
import { ask } from '../_support/envoy/ask.ts';
import { startRemoteEnvoy } from '../_support/envoy/remote-envoy.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import {
  caughtUp,
  settled,
  startHeadgate,
  type Headgate,
} from '../_support/process/headgate-process.ts';
import { aListener, aRoute } from '../_support/world/steady-world.ts';
import { aWebWorld } from '../_support/world/web-world.ts';
import { adsClient } from '../_support/xds/ads-client.ts';

test.beforeEach((t) => t.timeout(300_000));

const poisoned = join(import.meta.dirname, '../_support/process/poisoned-run.ts');

const socketOf = ({ state }: { readonly state: string }): string =>
  `unix:${join(state, 'ads.sock')}`;

/** An Envoy that refuses every listener, as one of another version might; `answered` counts its refusals. */
const aRefusingEnvoy = (t: ExecutionContext, target: string) => {
  const client = adsClient(target);
  const node = { id: 'broken', cluster: '', userAgent: '' };
  let answered = 0;
  client.send({ typeUrl: TypeUrl.Cluster, node });
  client.send({ typeUrl: TypeUrl.Listener, node });
  const answer = async (): Promise<void> => {
    for (;;) {
      const { typeUrl, nonce } = await client.next();
      const isListener = typeUrl === TypeUrl.Listener;
      client.send({ typeUrl, node, nonce, ...(isListener && { error: 'no such filter' }) });
      answered += isListener ? 1 : 0;
    }
  };
  void answer().catch(() => undefined);
  t.teardown(client.close);
  return { close: client.close, answered: () => answered };
};

const refusals = async (headgate: Headgate) =>
  (await headgate.problems()).filter(({ problem }) => problem === 'RefusedByEnvoy');

const serves = async (port: number): Promise<unknown> =>
  await ask({ port, path: '/web/' }).then(
    ({ headers }) => headers['x-service'],
    () => undefined,
  );

test('what one of two Envoys refuses is said, and stays in force in the other', async (t) => {
  const { place, folder, ports } = await aWebWorld(t);
  const headgate = startHeadgate(t, place);
  await settled(headgate);
  t.is(await serves(ports.http), 'one');

  const broken = aRefusingEnvoy(t, socketOf(place));
  await eventually('it is said', async () => (await refusals(headgate)).length > 0);
  const listener = {
    severity: 'degrades',
    message: `1 of 2 connected Envoys (broken) refused listener-${ports.http}: no such filter`,
  };
  t.like(
    (await refusals(headgate)).filter(({ object }) => object === 'Listener default/http'),
    [listener],
  );
  t.is(await serves(ports.http), 'one');

  folder.write('other.yaml', [aListener('other', ports.other, 'HTTP')]);
  folder.write('route.yaml', [aRoute('web', `127.0.0.1:${ports.two}`)]);
  await caughtUp(headgate, place);
  t.is(await serves(ports.http), 'two', 'what changes is changed');
  t.is(await serves(ports.other), 'two', 'and what is new is served');
  await eventually('of the new Listener too', async () =>
    (await refusals(headgate)).some(({ object }) => object === 'Listener default/other'),
  );
  t.is((await headgate.get('/ambassador/v0/check_ready')).status, 200);

  broken.close();
  await eventually('it is gone', async () => (await refusals(headgate)).length === 0);
  await settled(headgate);
  t.is(await serves(ports.other), 'two');
});

test('what both Envoys refuse costs the object at fault and no other', async (t) => {
  const { place, folder, ports } = await aWebWorld(t);
  const headgate = startHeadgate(t, place, [], poisoned);
  await settled(headgate);
  const other = await startRemoteEnvoy(t, 0, ['--ads-address', socketOf(place)]);
  await eventually('both are connected', async () => (await headgate.streams()).length === 2);
  await settled(headgate);

  folder.write('bad.yaml', [
    aRoute('bad-cluster', `127.0.0.1:${ports.one}`, { stats_name: 'poison-cluster' }),
    aRoute('bad-route', `127.0.0.1:${ports.one}`, { rewrite: '/poison-route/' }),
    aRoute('good', `127.0.0.1:${ports.one}`),
  ]);
  await eventually('they are found', async () => {
    const found = (await refusals(headgate)).map(({ object }) => object);
    return found.join() === 'Mapping default/bad-cluster,Mapping default/bad-route';
  });
  await settled(headgate);
  t.deepEqual(
    headgate.lines.filter((line) => line.includes('Mapping default/good:')),
    [],
    'of the good one nothing was said',
  );
  await eventually('the good one is served', async () => {
    const { status } = await ask({ port: ports.http, path: '/good/' });
    return status === 200;
  });
  t.is((await other.admin.serverInfo()).state, 'LIVE');
});
