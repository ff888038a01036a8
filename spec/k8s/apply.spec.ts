import test from 'ava';
import { parse } from 'yaml';

import {
  chartObjects,
  chartText,
  only,
  valueSets,
  type Rendered,
} from '../_support/api-server/chart.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import type { TestCluster } from '../_support/test-cluster/test-cluster.ts';

const shared = sharedCluster();

/** The definition of somebody else's kind that the chart can make an object of. */
const definitionOf = (kind: string) => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${kind.toLowerCase()}s.monitoring.coreos.com` },
  spec: {
    group: 'monitoring.coreos.com',
    scope: 'Namespaced',
    names: { kind, plural: `${kind.toLowerCase()}s`, singular: kind.toLowerCase() },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
});

/** A namespace that takes restricted Pods only, and warns of what would make others. */
const restricted = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: {
    name,
    labels: {
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    },
  },
});

let prepared: Promise<TestCluster> | undefined;

/** A cluster with all definitions. */
const aCluster = async (): Promise<TestCluster> => await (prepared ??= prepare());

const prepare = async (): Promise<TestCluster> => {
  const cluster = await shared();
  await cluster.apply([
    ...['ServiceMonitor', 'PrometheusRule'].map(definitionOf),
    ...['shop', 'blog', 'certificates'].map(restricted),
  ]);
  const { code, stderr } = await cluster.kubectl(['apply', '--server-side', '-k', 'k8s/crds']);
  if (code !== 0) throw new Error(stderr);
  await cluster.kubectl(['wait', '--for=condition=Established', 'crd', '--all']);
  return cluster;
};

for (const [name, options] of Object.entries(valueSets))
  test(`the API server takes all of the chart, without a warning: ${name}`, async (t) => {
    const cluster = await aCluster();
    const namespace = `chart-${name}`;
    await cluster.apply([restricted(namespace)]);
    const text = await chartText(namespace, ...options);
    const apply = ['apply', '--server-side', '--validate=strict', '-f', '-'];
    const first = await cluster.kubectl(apply, text);
    const again = await cluster.kubectl(apply, text);

    t.deepEqual({ code: first.code, stderr: first.stderr }, { code: 0, stderr: '' });
    t.deepEqual({ code: again.code, stderr: again.stderr }, { code: 0, stderr: '' });
    t.is(again.stdout.match(/serverside-applied$/gm)?.length, text.match(/^kind: /gm)?.length);
  });

type Templated = Rendered & { readonly spec: { readonly template: object } };

/** Makes a Pod as the controller of Deployments would. */
const createPod = async (cluster: TestCluster, namespace: string, { spec }: Templated) =>
  await cluster.kubectl(
    ['create', '-f', '-'],
    JSON.stringify({
      ...spec.template,
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'headgate', namespace },
    }),
  );

for (const [name, options] of Object.entries(valueSets))
  test(`a Pod of the Deployment is taken where only restricted ones are: ${name}`, async (t) => {
    const cluster = await aCluster();
    const namespace = `pod-${name}`;
    await cluster.apply([restricted(namespace)]);
    const deployment = only(await chartObjects(namespace, ...options), 'Deployment');
    const { code, stderr } = await createPod(cluster, namespace, deployment as Templated);

    t.deepEqual({ code, stderr }, { code: 0, stderr: '' });
  });

test('a Pod that asks for more is refused there', async (t) => {
  const cluster = await aCluster();
  await cluster.apply([restricted('pod-refused')]);
  const { code, stderr } = await cluster.kubectl(
    ['create', '-f', '-'],
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'a', namespace: 'pod-refused' },
      spec: { containers: [{ name: 'a', image: 'a' }] },
    }),
  );

  t.is(code, 1);
  t.regex(stderr, /violates PodSecurity "restricted:latest"/);
});

for (const folder of ['base', 'overlays/single-namespace', 'overlays/beside-emissary'])
  test(`the API server takes k8s/${folder}, without a warning`, async (t) => {
    const cluster = await aCluster();
    await cluster.apply([restricted('emissary'), restricted('headgate')]);
    const { code, stderr, stdout } = await cluster.kubectl([
      ...['apply', '--server-side', '--validate=strict', '--dry-run=server', '--force-conflicts'],
      ...['-k', `k8s/${folder}`],
    ]);

    t.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    t.regex(stdout, /^deployment\.apps\/headgate serverside-applied \(server dry run\)$/m);
  });

test('the API server takes the example of remote Envoys, and a Pod of theirs', async (t) => {
  const cluster = await aCluster();
  await cluster.apply([restricted('edge')]);
  const folder = 'k8s/examples/remote-envoys';
  const applied = await cluster.kubectl(['apply', '--server-side', '-k', folder, '-o', 'json']);
  const { items } = JSON.parse(applied.stdout) as { readonly items: readonly Rendered[] };
  const deployment = only(items, 'Deployment') as Templated;
  const created = await createPod(cluster, 'edge', deployment);

  t.deepEqual([applied.code, applied.stderr], [0, '']);
  t.deepEqual([created.code, created.stderr], [0, '']);
});

test('the default Listeners are those of ports 8080 and 8443', async (t) => {
  const cluster = await aCluster();
  const objects = await chartObjects('listening', '--set', 'createDefaultListeners=true');
  await cluster.apply([restricted('listening'), ...objects]);
  const { stdout } = await cluster.kubectl(['-n', 'listening', 'get', 'listeners', '-o', 'yaml']);
  const { items } = parse(stdout) as { items: readonly { spec: Record<string, unknown> }[] };

  t.deepEqual(
    items.map(({ spec }) => [spec['port'], spec['protocol'], spec['securityModel']]),
    [
      [8080, 'HTTP', 'XFP'],
      [8443, 'HTTPS', 'XFP'],
    ],
  );
});
