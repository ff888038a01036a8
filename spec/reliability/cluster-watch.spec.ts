import { followed } from '../_support/api-server/followed-kinds.ts';
import { aClusterStory, type ClusterStory } from '../_support/api-server/cluster-story.ts';
import { aClusterSlice } from '../_support/api-server/cluster-world.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import { anErrorEvent } from '../_support/test-cluster/fault-proxy.ts';
import { aRoute } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url);

const allWatched = async ({ proxy }: ClusterStory): Promise<void> =>
  await eventually('every kind is watched', () => proxy.watches() >= followed.length);

test.serial('a watch that is cut in the middle of a line', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  await allWatched(story);
  for (const [plural, manifest] of [
    ['endpointslices', aClusterSlice('changing', [world.two])],
    ['mappings', aRoute('new', `${world.two}:8080`)],
  ] as const) {
    const cut = proxy.cutNextLine(plural);
    await cluster.apply([manifest]);
    await cut;
  }
  await story.served('/slices/', 'two');
  await story.served('/new/', 'two');
  await story.endsWell();
});

test.serial('watches that end with ERROR events', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  for (const event of [
    anErrorEvent(410, 'Expired', 'too old resource version'),
    anErrorEvent(500, 'InternalError', 'etcdserver: no leader'),
    { type: 'ERROR', object: 'what is this' },
    { kind: 'Status', code: 500 },
    undefined,
  ]) {
    await allWatched(story);
    proxy.endWatches(event);
  }
  await cluster.apply([aClusterSlice('changing', [world.two]), aRoute('new', `${world.two}:8080`)]);
  await story.served('/slices/', 'two');
  await story.served('/new/', 'two');
  await story.endsWell();
});

test.serial(
  'everything is listed again and nothing has changed: Envoy is sent nothing',
  async (t) => {
    const story = await aClusterStory(t);
    const { headgate, proxy } = story;
    await allWatched(story);
    const pushed = await headgate.metric('headgate_pushed_resources_total');
    const snapshot = await headgate.debug('snapshot');
    const asked = proxy.calls().length;
    const begun = (): number => proxy.calls().filter(({ isWatch }) => isWatch).length;
    const before = begun();

    proxy.endWatches(anErrorEvent(410, 'Expired', 'too old resource version'));
    await eventually('every kind is read again', () => begun() >= before + followed.length);
    await allWatched(story);

    t.true(proxy.calls().length >= asked + followed.length);
    t.is(await headgate.metric('headgate_pushed_resources_total'), pushed);
    t.deepEqual(await headgate.debug('snapshot'), snapshot);
    await story.endsWell();
  },
);

test.serial('an API server that asks for patience is given it', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  await allWatched(story);
  const reads = (): number =>
    proxy.calls().filter(({ method, path }) => method === 'GET' && !path.includes('/leases'))
      .length;
  const [before, open] = [reads(), proxy.watches()];
  proxy.answer(429, { 'retry-after': '20' });
  proxy.endWatches();
  await eventually('each kind has been asked for', () => reads() >= before + open);
  await cluster.apply([aClusterSlice('changing', [world.two])]);
  t.is(reads(), before + open, 'no kind is asked for again before its time');
  proxy.letPass();
  await story.served('/slices/', 'two');
  await story.endsWell();
});
