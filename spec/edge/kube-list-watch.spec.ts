import test, { type ExecutionContext } from 'ava';

import type { KubeClient } from '../../src/edge/kube-client.ts';
import { openKube } from '../../src/edge/kube-config.ts';
import type { Reflected } from '../../src/kube/reflected.ts';
import { followObjects, type Followed } from '../_support/followed-objects.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';

const secrets = { apiVersion: 'v1', plural: 'secrets' };
const settings = { apiVersion: 'v1', plural: 'configmaps', namespace: 'default' };

const connect = async (t: ExecutionContext, { kubeconfig }: TestCluster): Promise<KubeClient> => {
  const client = await openKube({ kubeconfig, env: {} });
  t.teardown(client.close);
  return client;
};

const create = async (client: KubeClient, name: string): Promise<void> => {
  const metadata = { name };
  const body = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { greeting: 'grüß dich' } };
  await client.request({ method: 'POST', path: '/api/v1/namespaces/default/configmaps', body });
};

const remove = async (client: KubeClient, name: string): Promise<unknown> =>
  await client.request({ method: 'DELETE', path: `/api/v1/namespaces/default/configmaps/${name}` });

const tags = ({ said }: Followed): readonly Reflected<string>['_tag'][] =>
  said.map(({ _tag }) => _tag);

for (const [what, flags, calls] of [
  ['a streaming list', [], ['objects']],
  ['paged lists', ['--feature-gates=WatchList=false'], ['objects', 'page', 'page', 'watch']],
] as const)
  test(`an API server with ${what} is followed`, async (t) => {
    const client = await connect(t, await startTestCluster(t, { apiServerFlags: flags }));
    const names = Array.from({ length: 600 }, (_, i) => `a-${String(i).padStart(3, '0')}`);
    for (let i = 0; i < names.length; i += 20)
      await Promise.all(names.slice(i, i + 20).map((name) => create(client, name)));
    const followed = followObjects(t, client, settings);

    await followed.until(({ known }) => known().length === 600);
    await create(client, 'b');
    await remove(client, 'a-000');
    await followed.until(({ said }) => said.length === 3);

    t.deepEqual(tags(followed), ['Synced', 'Upserted', 'Removed']);
    t.deepEqual(followed.known(), [...names.slice(1), 'b']);
    t.deepEqual(followed.calls, calls);
  });

test('a history that is gone is listed again as one event', async (t) => {
  const cluster = await startTestCluster(t);
  const client = await connect(t, cluster);
  await create(client, 'a');
  const followed = followObjects(t, client, settings);
  await followed.until(({ said }) => said.length === 1);

  // A proxy in between would do, but a new API server has no history of its own either.
  await cluster.apiServer.kill();
  await cluster.apiServer.start();
  const other = await connect(t, cluster);
  await followed.until(({ calls }) => calls.at(-1) === 'watch');
  await remove(other, 'a');
  await followed.until(({ known }) => known().length === 0);

  t.deepEqual(followed.known(), []);
});

test('an API server that went back to a backup is believed', async (t) => {
  const cluster = await startTestCluster(t);
  const client = await connect(t, cluster);
  await create(client, 'before');
  const backup = await cluster.etcd.backUp();
  await create(client, 'after');
  const followed = followObjects(t, client, settings);
  await followed.until(({ known }) => known().includes('after'));

  await cluster.restore(backup);
  await followed.until(({ known }) => !known().includes('after'));

  t.deepEqual(followed.known(), ['before']);
  t.is(followed.said.filter(({ _tag }) => _tag === 'Synced').length, 2);
});

test('two hundred reconnects need no more connections, and say nothing', async (t) => {
  const cluster = await startTestCluster(t);
  const client = await connect(t, cluster);
  const followed = followObjects(t, client, secrets, { silence: 20 });

  await followed.until(({ said }) => said.length === 1);
  await new Promise<void>((resolve) => {
    const look = setInterval(() => {
      if (followed.calls.filter((call) => call === 'watch').length < 200) return;
      clearInterval(look);
      resolve();
    }, 100);
  });

  const open = await openConnections(cluster);
  t.log(`${open} connections after ${followed.calls.length} calls`);
  t.true(open <= 5);
  t.deepEqual(tags(followed), ['Synced']);
});

/** How many connections this process has to the API server, by the tables of the kernel. */
const openConnections = async ({ url }: TestCluster): Promise<number> => {
  const { readFile } = await import('node:fs/promises');
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const table = await readFile('/proc/self/net/tcp', 'utf8');
  return table.split('\n').filter((line) => {
    const [, , remote, state] = line.trim().split(/\s+/);
    return remote === `0100007F:${port}` && state === '01';
  }).length;
};
