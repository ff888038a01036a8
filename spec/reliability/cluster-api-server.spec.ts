import { followed } from '../_support/api-server/followed-kinds.ts';
import { aClusterStory } from '../_support/api-server/cluster-story.ts';
import { aClusterSlice } from '../_support/api-server/cluster-world.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { ownNetwork } from '../_support/process/own-network.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aRoute } from '../_support/world/steady-world.ts';

const test = ownNetwork(import.meta.url);

test.serial('an API server that is killed and comes back', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, world } = story;

  const connected = async (): Promise<readonly number[]> =>
    await Promise.all(
      ['Mapping', 'Service', 'Secret'].map(
        async (kind) => await story.headgate.metric('headgate_source_connected', `kind="${kind}"`),
      ),
    );
  t.deepEqual(await connected(), [1, 1, 1]);

  await cluster.apiServer.kill();
  await story.says(/the API server .* cannot be read/);
  await eventually('metrics say that nothing can be read', async () =>
    (await connected()).every((one) => one === 0),
  );
  t.true(await story.headgate.isReady());
  t.is((await story.get('/static/')).status, 200);

  await cluster.apiServer.start();
  await cluster.apply([aClusterSlice('changing', [world.two]), aRoute('new', `${world.two}:8080`)]);
  await story.served('/slices/', 'two');
  await story.served('/new/', 'two');
  await story.says(/can be read again/);
  t.deepEqual(await connected(), [1, 1, 1]);
  await story.endsWell();
});

test.serial('an API server that hangs, and goes on', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;

  cluster.apiServer.pause();
  proxy.breakAll();
  await eventually('every kind waits for an answer', () => proxy.waiting() >= followed.length);
  t.true(await story.headgate.isReady());
  cluster.apiServer.resume();

  await cluster.apply([aClusterSlice('changing', [world.two])]);
  await story.served('/slices/', 'two');
  await story.endsWell();
});

test.serial('an etcd that is compacted while nobody watches', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, proxy, world } = story;
  await cluster.apply([aRoute('old', `${world.one}:8080`)]);
  await story.served('/old/', 'one');

  proxy.answer(503);
  proxy.breakAll();
  await cluster.apply([aClusterSlice('changing', [world.two]), aRoute('new', `${world.two}:8080`)]);
  t.is((await cluster.kubectl(['delete', 'mapping', 'old'])).code, 0);
  await cluster.apiServer.kill();
  await cluster.etcd.compact();
  await cluster.apiServer.start();
  proxy.letPass();

  await story.served('/slices/', 'two');
  await story.served('/new/', 'two');
  t.is((await story.get('/old/')).status, 404);
  await story.endsWell();
});

test.serial('an etcd that is restored from a backup: resource versions start again', async (t) => {
  const story = await aClusterStory(t);
  const { cluster, world } = story;
  const backup = await cluster.etcd.backUp();
  for (const [to, name] of [
    [world.two, 'later-1'],
    [world.one, 'later-2'],
    [world.two, 'later-3'],
  ] as const)
    await cluster.apply([aClusterSlice('changing', [to]), aRoute(name, `${world.two}:8080`)]);
  await story.served('/slices/', 'two');
  await story.served('/later-3/', 'two');
  // An API server that starts writes a little: the versions would pass those that headgate has seen.
  await writeOften(cluster, 100);

  await cluster.restore(backup);

  await story.served('/slices/', 'one');
  await story.answers('/later-3/', 404);
  await cluster.apply([aRoute('after', `${world.two}:8080`)]);
  await story.served('/after/', 'two');
  await story.endsWell();
});

/** Gives objects of both kinds that are restored so many new versions. */
const writeOften = async ({ request }: TestCluster, times: number): Promise<void> => {
  for (let n = 0; n < times; n += 1)
    for (const path of [
      '/apis/getambassador.io/v3alpha1/namespaces/default/mappings/later-3',
      '/apis/discovery.k8s.io/v1/namespaces/default/endpointslices/changing-1',
    ]) {
      const body = { metadata: { annotations: { written: `${n}` } } };
      await request({ method: 'PATCH', path, body, contentType: 'application/merge-patch+json' });
    }
};
