import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import test from 'ava';

import { followObjects } from '../../../_support/api-server/followed-objects.ts';
import {
  connected,
  create,
  remove,
  settings,
  tags,
} from '../../../_support/api-server/settings.ts';
import { sharedCluster } from '../../../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../../../_support/test-cluster/test-cluster.ts';

const aCluster = sharedCluster();

test.serial('an API server with streaming lists is followed over one call', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  await create(client, namespace, 'a', 'b');
  const followed = followObjects(t, client, settings(namespace));

  await followed.until(({ said }) => said.length === 1);
  await create(client, namespace, 'c');
  await remove(client, namespace, 'a');
  await followed.until(({ said }) => said.length === 3);

  t.deepEqual(tags(followed), ['Synced', 'Upserted', 'Removed']);
  t.deepEqual(followed.known(), ['b', 'c']);
  t.deepEqual(followed.calls, ['objects']);
});

test.serial('only the metadata of objects is read, if that is all that is wanted', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  await create(client, namespace, 'a');
  const fields = (object: unknown): string =>
    Object.keys(object as object)
      .toSorted()
      .join();
  const followed = followObjects(
    t,
    client,
    { ...settings(namespace), metadataOnly: true },
    { project: fields },
  );

  await followed.until(({ said }) => said.length === 1);
  await create(client, namespace, 'b');
  await followed.until(({ said }) => said.length === 2);

  t.deepEqual(followed.said, [
    { _tag: 'Synced', items: ['apiVersion,kind,metadata'] },
    { _tag: 'Upserted', item: 'apiVersion,kind,metadata' },
  ]);
});

test.serial('a token that is renewed is noticed at once', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const tokenFile = join(cluster.folder, `${namespace}.token`);
  await writeFile(tokenFile, await cluster.tokenFor(namespace, 'reader', -60));
  const client = await connected(t, cluster.kubeconfigWith(tokenFile));
  const followed = followObjects(t, client, settings(namespace), { random: () => 0.1 });

  await followed.until(({ said }) => said.length === 1);
  await cluster.apply(mayRead(namespace));
  await writeFile(tokenFile, await cluster.tokenFor(namespace, 'reader'));
  await followed.until(({ said }) => said.length === 3);

  const [refused, ...then] = followed.said;
  t.like(refused, { _tag: 'Interrupted', cause: 'Unreachable' });
  t.deepEqual(
    then.map(({ _tag }) => _tag),
    ['Restored', 'Synced'],
  );
});

/** Lets the service account `reader` read settings. */
const mayRead = (namespace: string): readonly unknown[] => {
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const metadata = { name: 'reader', namespace };
  const rules = [{ apiGroups: [''], resources: ['configmaps'], verbs: ['list', 'watch'] }];
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' };
  const subjects = [{ kind: 'ServiceAccount', name: 'reader', namespace }];
  return [
    { apiVersion, kind: 'Role', metadata, rules },
    { apiVersion, kind: 'RoleBinding', metadata, roleRef, subjects },
  ];
};

test.serial('two hundred reconnects need no more connections, and say nothing', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  const random = (): number => 0.05;
  const followed = followObjects(t, client, settings(namespace), { silence: 50, random });

  await followed.until(({ calls }) => calls.filter((call) => call === 'watch').length === 200);
  const open = await openConnections(cluster);

  t.log(`${open} connections after ${followed.calls.length} calls`);
  t.true(open <= 5);
  t.deepEqual(tags(followed), ['Synced']);
});

/** How many connections this process has to the API server, by the tables of the kernel. */
const openConnections = async ({ url }: TestCluster): Promise<number> => {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const table = await readFile('/proc/self/net/tcp', 'utf8');
  return table.split('\n').filter((line) => {
    const [, , remote, state] = line.trim().split(/\s+/);
    return remote === `0100007F:${port}` && state === '01';
  }).length;
};

test.serial('an API server that is killed and comes back costs one interruption', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  await create(client, namespace, 'a');
  const followed = followObjects(t, client, settings(namespace));
  await followed.until(({ said }) => said.length === 1);

  await cluster.apiServer.kill();
  await followed.until(({ said }) => said.length === 2);
  await cluster.apiServer.start();
  await followed.until(({ said }) => said.length === 4);
  await create(client, namespace, 'b');
  await followed.until(({ said }) => said.length === 5);

  t.deepEqual(tags(followed), ['Synced', 'Interrupted', 'Restored', 'Synced', 'Upserted']);
  t.deepEqual(followed.known(), ['a', 'b']);
});

test.serial('a cluster that was restored from a backup is believed', async (t) => {
  const cluster = await aCluster();
  const namespace = await cluster.namespaceFor(t);
  const client = await connected(t, cluster.kubeconfig);
  await create(client, namespace, 'before');
  const backup = await cluster.etcd.backUp();
  await create(client, namespace, 'after');
  const followed = followObjects(t, client, settings(namespace));
  await followed.until(({ known }) => known().join() === 'after,before');

  await cluster.restore(backup);
  await followed.until(({ known }) => known().join() === 'before');

  t.is(tags(followed).filter((tag) => tag === 'Synced').length, 2);
  t.is(tags(followed).at(-1), 'Synced');
});
