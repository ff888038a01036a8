import test from 'ava';

import { chartText, valueSets } from '../_support/api-server/chart.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { authorityRights, clusterRights, leaseRights, objectRights } from './expected-rights.ts';
import { rightsOf } from './rights.ts';

const shared = sharedCluster();

const namespaceOf = (name: string): unknown => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name },
});

/** The rights of the account that the chart makes in a namespace, seen from another one. */
const installed = async (namespace: string, options: readonly string[], others: string[] = []) => {
  const cluster: TestCluster = await shared();
  await cluster.apply([namespace, 'elsewhere', ...others].map(namespaceOf));
  const text = await chartText(namespace, '--set', 'createDefaultListeners=false', ...options);
  await cluster.apply(text);
  const account = `system:serviceaccount:${namespace}:headgate`;
  return async (seenFrom: string) => await rightsOf(cluster, account, seenFrom);
};

const sorted = (...rights: readonly (readonly string[])[]): readonly string[] =>
  rights.flat().toSorted();

test('for a whole cluster, exactly what is needed is granted', async (t) => {
  const rights = await installed('whole', []);

  t.deepEqual(await rights('elsewhere'), sorted(objectRights, clusterRights, authorityRights));
  t.deepEqual(
    await rights('whole'),
    sorted(objectRights, clusterRights, authorityRights, leaseRights),
  );
});

test('where the Gateway API is off, nothing that it alone needs is granted', async (t) => {
  const rights = await installed('plain', ['--set', 'gatewayApi.enabled=false']);

  t.deepEqual(
    await rights('elsewhere'),
    sorted(objectRights, [
      'list ingressclasses.networking.k8s.io',
      'watch ingressclasses.networking.k8s.io',
      'list customresourcedefinitions.apiextensions.k8s.io',
      'watch customresourcedefinitions.apiextensions.k8s.io',
    ]),
  );
});

test('for a single namespace, nothing is granted in another one', async (t) => {
  const options = ['--set', 'scope.namespace=market'];
  const rights = await installed('single', options, ['market']);

  t.deepEqual(await rights('elsewhere'), []);
  t.deepEqual(await rights('market'), sorted(objectRights, ['get namespaces']));
  t.deepEqual(await rights('single'), sorted(leaseRights));
});

test('where Secrets are in one namespace, those of others cannot be read', async (t) => {
  const options = ['--set', 'scope.secretsNamespace=vault'];
  const rights = await installed('apart', options, ['vault']);
  const secrets = ['get secrets', 'list secrets', 'watch secrets'];
  const others = objectRights.filter((right) => !secrets.includes(right));

  t.deepEqual(await rights('elsewhere'), sorted(others, clusterRights, authorityRights));
  t.deepEqual(await rights('vault'), sorted(objectRights, clusterRights, authorityRights));
});

test('where Secrets are asked for by name, those that are named can be read and no other', async (t) => {
  const options = ['--values', 'spec/k8s/values/secrets-by-name.yaml'];
  const rights = await installed('named', options, ['shop', 'blog']);
  const secrets = ['get secrets', 'list secrets', 'watch secrets'];
  const others = objectRights.filter((right) => !secrets.includes(right));
  const both = [...secrets, ...authorityRights];
  const of = (rights: readonly string[], ...names: readonly string[]) =>
    rights.flatMap((right) => names.map((name) => `${right} ${name}`));

  t.deepEqual(await rights('elsewhere'), sorted(others, clusterRights));
  t.deepEqual(await rights('shop'), sorted(others, clusterRights, of(both, 'cert', 'other-cert')));
  t.deepEqual(await rights('blog'), sorted(objectRights, clusterRights, authorityRights));
  t.deepEqual(
    await rights('named'),
    sorted(others, clusterRights, leaseRights, of(secrets, 'fallback-self-signed-cert')),
  );
});

test('who writes no status may write nothing at all', async (t) => {
  const rights = await installed('silent', ['--set', 'writeStatus=false']);
  const writing = (await rights('silent')).filter((right) => !/^(?:get|list|watch) /.test(right));

  t.deepEqual(writing, []);
});

for (const [name, options] of Object.entries(valueSets))
  test(`no rule of the chart has a wildcard: ${name}`, async (t) => {
    t.notRegex(await chartText('gate', ...options), /(?:\[|- )['"]?\*/);
  });
