import test, { type ExecutionContext } from 'ava';

import { chartText } from '../_support/api-server/chart.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate, type Headgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aSecret } from '../_support/world/a-secret.ts';
import {
  aHost,
  aListener,
  aMapping,
  annotated,
  aService,
  inAnnotation,
  type Manifest,
} from '../_support/world/builders.ts';

/** A control plane with the rights of the chart, and objects in the namespace `shop`. */
const aWorld = async (t: ExecutionContext, change: (text: string) => string = (text) => text) => {
  const cluster = await startTestCluster(t);
  await installCrds(cluster);
  await cluster.apply(
    ['gate', 'shop'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  );
  await cluster.apply(change(await chartText('gate')));
  await cluster.apply([
    aListener('gate/https', { port: 8443, protocol: 'HTTPS' }),
    aListener('gate/http'),
    aHost('gate/all', { hostname: '*' }),
    aSecret('shop/cert'),
  ]);
  const kubeconfig = await cluster.kubeconfigFor('gate', 'headgate');
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, [
    '--no-envoy',
    '--namespace',
    'gate',
  ]);
  return { cluster, headgate };
};

const carrying = (object: Manifest, ...carried: readonly Manifest[]): Manifest =>
  annotated(object, { 'getambassador.io/config': carried.map(inAnnotation).join('\n') });

const anIngress = (key: string): Manifest => {
  const { metadata } = aService(key);
  return {
    ...{ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata },
    spec: { defaultBackend: { service: { name: 'web', port: { number: 80 } } } },
  };
};

/** Whether a route or a Secret is served, by its name. */
const isServed = async (headgate: Headgate, name: string): Promise<boolean> =>
  JSON.stringify(await headgate.debug<unknown>('ir')).includes(JSON.stringify(name));

const events = async (
  cluster: TestCluster,
  kind: string,
  name: string,
): Promise<readonly string[]> => {
  const { stdout } = await cluster.kubectl([
    ...['get', 'events', '-n', 'shop', '-o', 'json'],
    ...['--field-selector', `involvedObject.kind=${kind},involvedObject.name=${name}`],
  ]);
  const { items } = JSON.parse(stdout) as {
    readonly items: readonly { readonly message: string }[];
  };
  return items.map(({ message }) => message);
};

test('what Services and Ingresses carry is served, follows their edits, and its owners are told by Events', async (t) => {
  t.timeout(300_000);
  const { cluster, headgate } = await aWorld(t);
  const web = (...carried: readonly Manifest[]): Manifest =>
    carrying(aService('shop/web'), ...carried);
  await cluster.apply([
    web(
      aMapping('shop/Tour_UI', { service: 'web' }),
      aHost('shop/TLS_Host', { hostname: 'a.example', tlsSecret: { name: 'cert' } }),
    ),
    carrying(
      anIngress('shop/edge'),
      aMapping('shop/Of_Ingress', { prefix: '/i/', service: 'web' }),
    ),
    anIngress('shop/plain'),
  ]);
  await eventually('everything is read', headgate.isReady);
  for (const name of ['Mapping shop/Tour_UI', 'Mapping shop/Of_Ingress', 'shop/cert'])
    await eventually(`${name} is served`, async () => await isServed(headgate, name));

  await cluster.apply([
    web(aMapping('shop/Tour_UI', { service: 'web', weight: 101 })),
    carrying(anIngress('shop/edge'), aMapping('shop/Other', { prefix: '/(', prefix_regex: true })),
  ]);
  const field = 'metadata.annotations[getambassador.io/config], document 1, Mapping shop';
  await eventually('the owner of the Service is told', async () =>
    (await events(cluster, 'Service', 'web')).some((one) =>
      one.startsWith(`${field}/Tour_UI: weight: expected`),
    ),
  );
  await eventually('the owner of the Ingress is told', async () =>
    (await events(cluster, 'Ingress', 'edge')).some((one) =>
      one.startsWith(`${field}/Other: prefix: expected`),
    ),
  );
  t.true(await isServed(headgate, 'Mapping shop/Tour_UI'));
  await eventually(
    'what is not carried any more is gone',
    async () =>
      !(await isServed(headgate, 'Mapping shop/Of_Ingress')) &&
      !(await isServed(headgate, 'shop/cert')),
  );
  t.like(
    (await headgate.problems()).find(({ object }) => object === 'Service shop/web'),
    {
      ...{ problem: 'InvalidField', field: `${field}/Tour_UI: weight` },
    },
  );

  await cluster.kubectl(['annotate', 'service', 'web', '-n', 'shop', 'getambassador.io/config-']);
  await eventually(
    'nothing is left',
    async () => !(await isServed(headgate, 'Mapping shop/Tour_UI')),
  );
});

test('without a right to read Ingresses Services are read all the same, and it is said', async (t) => {
  t.timeout(300_000);
  const { cluster, headgate } = await aWorld(t, (text) => text.replace('[ingresses]', '[nothing]'));
  await cluster.apply([
    carrying(aService('shop/web'), aMapping('shop/Tour_UI', { service: 'web' })),
  ]);

  await eventually('everything is read', headgate.isReady);
  await eventually('it is served', async () => await isServed(headgate, 'Mapping shop/Tour_UI'));
  await eventually('it is said', async () =>
    (await headgate.problems()).some(
      ({ problem, object }) =>
        problem === 'UnreadableKind' && object === 'ingresses.networking.k8s.io',
    ),
  );
  t.true(await isServed(headgate, 'Mapping shop/Tour_UI'));
});
