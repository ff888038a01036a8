import { readFileSync } from 'node:fs';

import test from 'ava';
import { parseAllDocuments } from 'yaml';

import { installations, manifestFiles } from '../../build/manifests.ts';
import { run } from '../../src/edge/process/run.ts';
import type { Rendered } from '../_support/api-server/chart.ts';
import { testBinary } from '../_support/test-cluster/test-binaries.ts';

test('the manifests in k8s say what the chart says (npm run manifests)', async (t) => {
  for (const [path, text] of await manifestFiles())
    t.is(readFileSync(`k8s/${path}`, 'utf8'), text, path);
});

const kustomize = async (folder: string): Promise<readonly Rendered[]> => {
  const { code, output } = await run(await testBinary('kubectl'), ['kustomize', folder], {
    env: process.env,
    timeout: 60_000,
  });
  if (code !== 0) throw new Error(output);
  return parseAllDocuments(output).map((document) => document.toJS() as Rendered);
};

const kindsIn = (objects: readonly Rendered[]): readonly string[] =>
  [...new Set(objects.map(({ kind }) => kind))].toSorted();

const usual = [
  ...['Deployment', 'NetworkPolicy', 'PodDisruptionBudget', 'Role', 'RoleBinding'],
  ...['Service', 'ServiceAccount'],
];

test('k8s/base installs everything for a whole cluster', async (t) => {
  const objects = await kustomize('k8s/base');

  t.deepEqual(
    kindsIn(objects),
    [
      ...usual,
      ...['ClusterRole', 'ClusterRoleBinding', 'CustomResourceDefinition', 'Namespace'],
    ].toSorted(),
  );
  t.is(objects.filter(({ kind }) => kind === 'CustomResourceDefinition').length, 14);
});

test('k8s/overlays/single-namespace asks for no right outside of its namespace', async (t) => {
  const objects = await kustomize('k8s/overlays/single-namespace');

  t.deepEqual(kindsIn(objects), [...usual, 'CustomResourceDefinition', 'Namespace'].toSorted());
  t.deepEqual(
    objects.map(({ metadata }) => metadata.namespace).filter((name) => name !== 'headgate'),
    Array.from({ length: 15 }, () => undefined),
  );
});

test('k8s/overlays/beside-emissary changes no definition, and takes no address', async (t) => {
  const objects = await kustomize('k8s/overlays/beside-emissary');
  const services = objects.filter(({ kind }) => kind === 'Service') as unknown as readonly {
    readonly spec: { readonly type: string };
  }[];

  t.deepEqual(kindsIn(objects), [...usual, 'ClusterRole', 'ClusterRoleBinding'].toSorted());
  t.deepEqual(
    services.map(({ spec }) => spec.type),
    ['ClusterIP', 'ClusterIP'],
  );
});

test('nothing that is applied without Helm claims to be of Helm', async (t) => {
  for (const folder of Object.keys(installations))
    t.notRegex(readFileSync(`k8s/${folder}/headgate.yaml`, 'utf8'), /helm/i);
});
