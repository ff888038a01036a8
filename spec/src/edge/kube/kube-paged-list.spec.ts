import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import test from 'ava';

import { followObjects } from '../../../_support/api-server/followed-objects.ts';
import { connected, create, settings, tags } from '../../../_support/api-server/settings.ts';
import { stored } from '../../../_support/api-server/stored.ts';
import { sharedCluster } from '../../../_support/test-cluster/shared-cluster.ts';

/** Without its cache an API server hands every watch to etcd, which forgets what is compacted. */
const aCluster = sharedCluster({
  apiServerFlags: ['--feature-gates=WatchList=false', '--watch-cache=false'],
});

test.serial('an API server without streaming lists is followed page by page', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  const names = Array.from({ length: 1001 }, (_, i) => `a-${String(i).padStart(4, '0')}`);
  await stored(cluster, namespace, names, 10);
  const followed = followObjects(t, client, settings(namespace));

  await followed.until(({ said }) => said.length === 1);
  await create(client, namespace, 'b');
  await followed.until(({ said }) => said.length === 2);

  t.deepEqual(tags(followed), ['Synced', 'Upserted']);
  t.deepEqual(followed.known(), [...names, 'b']);
  t.deepEqual(followed.calls, ['objects', 'page', 'page', 'page', 'watch']);
});

test.serial('a history that was compacted is listed again as one event', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const elsewhere = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  await create(client, namespace, 'a');
  const followed = followObjects(t, client, settings(namespace), { silence: 3000 });
  await followed.until(({ said }) => said.length === 1);

  // What changes elsewhere moves etcd on, but nobody tells a watch that has no bookmarks.
  await create(client, elsewhere, 'x', 'y', 'z');
  await cluster.etcd.compact();
  await followed.until(({ said }) => said.length === 2);
  await create(client, namespace, 'b');
  await followed.until(({ said }) => said.length === 3);

  t.deepEqual(tags(followed), ['Synced', 'Synced', 'Upserted']);
  t.deepEqual(followed.known(), ['a', 'b']);
});

test.serial('of 50,000 objects no more is kept than what was made of them', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  const names = Array.from({ length: 50_000 }, (_, i) => `a-${i}`);
  await stored(cluster, namespace, names, 2000);
  const before = { heap: heapInUse(), memory: process.memoryUsage.rss() };
  let peak = 0;
  const project = (object: unknown): string => {
    peak = Math.max(peak, process.memoryUsage.rss());
    return (object as { metadata: { name: string } }).metadata.name;
  };
  const followed = followObjects(t, client, settings(namespace), { project });

  await followed.until(({ said }) => said.length === 1);
  const kept = mebibytes(heapInUse() - before.heap);

  t.log(`kept ${kept} MiB, RSS grew by ${mebibytes(peak - before.memory)} MiB`);
  t.is(followed.known().length, 50_000);
  t.true(kept < 20, `${kept} MiB of 100 MiB are kept`);
  t.true(mebibytes(peak - before.memory) < 250);
});

const mebibytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);

const heapInUse = (): number => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
};
