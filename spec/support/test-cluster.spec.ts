import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';

import test from 'ava';

import { identify } from '../../src/edge/process/process-identity.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';

const theCluster = sharedCluster({ isAudited: true });

const aConfigMap = (name: string, value: string) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data: { value },
});

const read = async (
  cluster: TestCluster,
  name: string,
): Promise<{ readonly data: unknown; readonly metadata: { readonly resourceVersion: string } }> => {
  const { status, body } = await cluster.request({
    path: `/api/v1/namespaces/default/configmaps/${name}`,
  });
  if (status !== 200) throw new Error(`expected ${name}, got ${JSON.stringify(body)}`);
  return body as { data: unknown; metadata: { resourceVersion: string } };
};

/** The first line of a watch that begins at a version. */
const watchFrom = async (cluster: TestCluster, version: string): Promise<string> => {
  const path = '/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=1';
  for (;;) {
    const result = await cluster.kubectl(['get', '--raw', `${path}&resourceVersion=${version}`]);
    const [line = ''] = result.stdout.split('\n');
    if (line !== '') return line;
  }
};

test.serial('kubectl reads and writes', async (t) => {
  const cluster = await theCluster();
  const namespace = await cluster.namespaceFor(t);
  t.regex(namespace, /^a-kubectl-reads-and-writes-\w{6}$/);

  const args = ['-n', namespace, 'create', 'configmap', 'one', '--from-literal=value=1'];
  t.is((await cluster.kubectl(args)).code, 0);
  const jsonpath = ['-n', namespace, 'get', 'cm', 'one', '-o', 'jsonpath={.data.value}'];
  t.deepEqual(await cluster.kubectl(jsonpath), { code: 0, stdout: '1', stderr: '' });
  await t.throwsAsync(cluster.apply('kind: Nothing'), { message: /apiVersion not set/ });
});

test.serial('a service account may do what a role says, and nothing else', async (t) => {
  const cluster = await theCluster();
  const namespace = await cluster.namespaceFor(t);
  await cluster.apply([
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: { name: 'reader', namespace },
      rules: [{ apiGroups: [''], resources: ['services'], verbs: ['list'] }],
    },
    {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'reader', namespace },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
      subjects: [{ kind: 'ServiceAccount', name: 'web', namespace }],
    },
  ]);
  const token = await cluster.tokenFor(namespace, 'web');
  const list = async (resource: string, as: string): Promise<number> =>
    (await cluster.request({ path: `/api/v1/namespaces/${namespace}/${resource}`, token: as }))
      .status;

  t.is(await list('services', token), 200);
  t.is(await list('secrets', token), 403);
  const short = await cluster.tokenFor(namespace, 'web', 60);
  t.is(await list('services', short), 200);
  t.is(await list('services', await cluster.tokenFor(namespace, 'web', 0)), 401);

  const kubeconfig = await cluster.kubeconfigFor(namespace, 'web');
  const { code, stderr } = await cluster.kubectl(['--kubeconfig', kubeconfig, 'get', 'secrets']);
  t.is(code, 1);
  t.regex(stderr, new RegExp(`User "system:serviceaccount:${namespace}:web" cannot list`));
  t.deepEqual(
    cluster
      .auditLog()
      .filter(({ user }) => user.username === `system:serviceaccount:${namespace}:web`)
      .map(({ verb, objectRef, responseStatus }) => [
        verb,
        objectRef?.resource,
        responseStatus?.code,
      ])
      .filter(([, resource]) => resource === 'services' || resource === 'secrets'),
    [
      ['list', 'services', 200],
      ['list', 'secrets', 403],
      ['list', 'services', 200],
      ['list', 'secrets', 403],
    ],
  );
});

test.serial('what was written outlives a kill of the API server', async (t) => {
  const cluster = await theCluster();
  await cluster.apply([aConfigMap('kept', '1')]);
  await cluster.apiServer.kill();
  t.is(cluster.apiServer.pid(), undefined);
  await t.throwsAsync(cluster.request({ path: '/readyz' }));

  await cluster.apiServer.start();
  t.deepEqual((await read(cluster, 'kept')).data, { value: '1' });
});

test.serial('an API server that is paused answers later', async (t) => {
  const cluster = await theCluster();
  t.teardown(cluster.apiServer.resume);
  cluster.apiServer.pause();
  let isAnswered = false;
  const answer = cluster.request({ path: '/readyz' }).then(({ status }) => {
    isAnswered = true;
    return status;
  });
  const later = connect(Number(new URL(cluster.url).port), '127.0.0.1');
  await once(later, 'connect');
  later.destroy();
  t.false(isAnswered);

  cluster.apiServer.resume();
  t.is(await answer, 200);
});

test.serial('a watch from before a compaction is told that this is gone', async (t) => {
  const cluster = await theCluster();
  await cluster.apply([aConfigMap('old', '1')]);
  const { resourceVersion } = (await read(cluster, 'old')).metadata;
  await cluster.apply([aConfigMap('old', '2')]);
  t.regex(await watchFrom(cluster, resourceVersion), /"type":"MODIFIED".*"value":"2"/);

  await cluster.apiServer.kill();
  await cluster.etcd.compact();
  await cluster.apiServer.start();
  t.regex(await watchFrom(cluster, resourceVersion), /"type":"ERROR".*"code":410/);
});

test.serial('a restored backup brings back what was, and its resource versions', async (t) => {
  const cluster = await theCluster();
  await cluster.apply([aConfigMap('restored', '1')]);
  const before = await read(cluster, 'restored');
  const backup = await cluster.etcd.backUp();
  await cluster.apply([aConfigMap('restored', '2'), aConfigMap('later', '1')]);

  await cluster.restore(backup);

  t.deepEqual(await read(cluster, 'restored'), before);
  await t.throwsAsync(read(cluster, 'later'), { message: /not found/ });
  await cluster.apply([aConfigMap('after', '1')]);
  const { resourceVersion } = (await read(cluster, 'after')).metadata;
  t.true(Number(resourceVersion) < Number(before.metadata.resourceVersion) + 50);
});

test.serial('nothing is left when the process that started a cluster is killed', async (t) => {
  const program = new URL('../_support/test-cluster/run-cluster.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.teardown(() => child.kill('SIGKILL'));
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { pids, folder } = JSON.parse(line) as { pids: readonly number[]; folder: string };
  t.true(pids.every((pid) => identify(pid) !== undefined));

  child.kill('SIGKILL');

  await eventually('the servers end', () => pids.every((pid) => identify(pid) === undefined));
  await eventually('their folder is removed', () => !existsSync(folder));
  t.pass();
});
