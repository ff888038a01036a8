import test, { type ExecutionContext } from 'ava';

import {
  foreignCondition,
  foreignEntry,
  gatewayApiOf,
  type StoredObject,
} from '../_support/api-server/gateway-objects.ts';
import { chartText } from '../_support/api-server/chart.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { freePort } from '../_support/process/free-port.ts';
import { installGatewayApi } from '../_support/gateway-api/install-gateway-api.ts';
import { aPlace, startHeadgate } from '../_support/process/headgate-process.ts';
import type { AuditEntry } from '../_support/test-cluster/audit-log.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { anIngress } from '../_support/world/language/ingresses.ts';
import { aShop, everyGatewayKind, everyKind } from './every-kind.ts';
import { rightFor, rightsOf } from './rights.ts';

const namespace = 'gate';
const account = `system:serviceaccount:${namespace}:headgate`;

/** A cluster in which the chart is installed. */
const aCluster = async (
  t: ExecutionContext,
  apiServerFlags: readonly string[],
  options: readonly string[],
): Promise<TestCluster> => {
  const cluster = await startTestCluster(t, { isAudited: true, apiServerFlags });
  await installCrds(cluster);
  await installGatewayApi(cluster);
  await cluster.apply([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }]);
  await cluster.apply(await chartText(namespace, ...options));
  return cluster;
};

interface Stored {
  readonly items: readonly {
    readonly kind: string;
    readonly metadata: { readonly generation: number };
    readonly status?: { readonly conditions?: readonly { readonly observedGeneration: number }[] };
  }[];
}

/** Waits until every owner has been told about the object as it is now. */
const everybodyIsTold = async (cluster: TestCluster): Promise<void> => {
  const untold = async (): Promise<readonly string[]> => {
    const args = ['get', 'ambassador-crds', '-n', namespace, '-o', 'json'];
    const { items } = JSON.parse((await cluster.kubectl(args)).stdout) as Stored;
    return items
      .filter(
        ({ metadata, status }) =>
          status?.conditions?.[0]?.observedGeneration !== metadata.generation,
      )
      .map(({ kind }) => kind);
  };
  let left: readonly string[] = [];
  await eventually('every object has a status', async () => {
    left = await untold();
    return left.length === 0;
  }).catch((cause: unknown) => {
    throw new Error(`without a status: ${left.join(', ')}`, { cause });
  });
};

/** Takes the definition of a kind away and brings it back when that was noticed. */
const missADefinition = async (cluster: TestCluster): Promise<void> => {
  const { code, stderr } = await cluster.kubectl(['delete', 'crd', 'devportals.getambassador.io']);
  if (code !== 0) throw new Error(stderr);
  await eventually('definitions are followed', () =>
    requestsOf(cluster).some((entry) => /customresourcedef/.test(rightFor(entry) ?? '')),
  );
  await installCrds(cluster);
};

/** Applies an Ingress of ours, which gets the address of the Service, and then of another class, which loses it. */
const tellAnIngress = async (cluster: TestCluster): Promise<void> => {
  const [ingress, ip] = [anIngress(`${namespace}/shop`), '192.0.2.9'];
  const kubectl = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await cluster.kubectl(['-n', namespace, ...args]);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };
  const addressed = async (expected: string, spec: object): Promise<void> => {
    await cluster.apply([{ ...ingress, spec: { ...backend, ...spec } }]);
    const path = '-o=jsonpath={.status.loadBalancer.ingress[*].ip}';
    await eventually(`the Ingress has the addresses "${expected}"`, async () =>
      Object.is((await kubectl('get', 'ingress', 'shop', path)).trim(), expected),
    );
  };
  const backend = { defaultBackend: { service: { name: 'web', port: { number: 80 } } } };
  const status = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip }] } } });
  await kubectl('patch', 'service', 'web', '--type=merge', '-p={"spec":{"type":"LoadBalancer"}}');
  await kubectl('patch', 'service', 'web', '--subresource=status', '--type=merge', `-p=${status}`);
  await addressed(ip, { ingressClassName: 'ambassador' });
  await addressed('', { ingressClassName: 'of-another' });
};

/** What the account asked the API server. */
const requestsOf = (cluster: TestCluster): readonly AuditEntry[] =>
  cluster.auditLog().filter(({ user }) => user.username === account);

/** Runs the control plane as the account of the chart through everything it does there. */
const rightsUsed = async (
  t: ExecutionContext,
  cluster: TestCluster,
  more: readonly string[],
): Promise<{ readonly used: readonly string[]; readonly forbidden: readonly string[] }> => {
  const place = aPlace(t);
  const objects = [...everyKind(namespace, await freePort()), ...everyGatewayKind(namespace)];
  await cluster.apply(objects);
  const others = gatewayApiOf(cluster, namespace);
  for (const [plural, name] of toldBeside) await others.update(plural, name, withForeign(plural));
  const kubeconfig = await cluster.kubeconfigFor(namespace, 'headgate');
  const flags = ['--namespace', namespace, '--gateway-service', `${namespace}/web`, ...more];
  const headgate = startHeadgate(t, { state: place.state, kubeconfig }, flags);
  await eventually('it is ready', headgate.isReady).catch((cause: unknown) => {
    throw new Error(headgate.lines.join('\n'), { cause });
  });
  await everybodyIsTold(cluster);
  await tellAnIngress(cluster);
  const readsGatewayApi = !more.includes('--watch-namespace');
  if (readsGatewayApi)
    for (const [plural, name] of toldBeside)
      await eventually(`the owner of ${plural} is told beside others`, async () =>
        isTold((await others.get(plural, name)).status),
      );
  if (readsGatewayApi) {
    await missADefinition(cluster);
    await cluster.apply(objects);
    await everybodyIsTold(cluster);
  }
  for (const service of ['web:nothing', '192.0.2.1', 'web:nothing']) {
    await cluster.apply([aShop(namespace, service)]);
    await everybodyIsTold(cluster);
  }
  await eventually('an Event is told again', () =>
    requestsOf(cluster).some((entry) => rightFor(entry) === 'patch events'),
  ).catch(() => undefined);
  await headgate.end('SIGTERM');
  const rights = (isForbidden: boolean): readonly string[] => [
    ...new Set(
      requestsOf(cluster)
        .filter(({ responseStatus }) => (responseStatus?.code === 403) === isForbidden)
        .map(rightFor)
        .filter((right) => right !== undefined),
    ),
  ];
  return { used: rights(false).toSorted(), forbidden: rights(true).toSorted() };
};

/** The objects of the Gateway API that have a status. */
const toldBeside = [
  ['gatewayclasses', 'headgate'],
  ['gateways', 'a'],
  ['listenersets', 'a'],
  ['httproutes', 'a'],
  ['grpcroutes', 'a'],
  ['backendtlspolicies', 'a'],
] as const;

/** A status to which another controller has added something. */
const withForeign =
  (plural: string) =>
  (status: Status): Status => {
    if (plural.endsWith('routes')) return { ...status, parents: [foreignEntry('parentRef')] };
    if (plural.endsWith('policies')) return { ...status, ancestors: [foreignEntry('ancestorRef')] };
    return { ...status, conditions: [...(status.conditions ?? []), foreignCondition()] };
  };

type Status = NonNullable<StoredObject['status']>;

/** Whether something is said of Headgate, beside what another controller says. */
const isTold = ({ conditions = [], parents = [], ancestors = [] }: Status = {}): boolean =>
  parents.length + ancestors.length > 1 ||
  conditions.some(({ type, reason }) => type === 'Accepted' && reason !== 'Pending');

/** Servers before 1.34 have no streaming lists. */
const withoutStreamingLists = ['--feature-gates=WatchList=false'];

const uses = test.macro({
  async exec(t, options: readonly string[], flags: readonly string[]) {
    const clusters = [
      await aCluster(t, [], options),
      await aCluster(t, withoutStreamingLists, options),
    ] as const;
    const [one, two] = [
      await rightsUsed(t, clusters[0], flags),
      await rightsUsed(t, clusters[1], flags),
    ];
    const used = new Set([...one.used, ...two.used]);
    const granted = await rightsOf(clusters[0], account, namespace);

    t.deepEqual(
      granted.filter((right) => !used.has(right)),
      [],
      'granted and not used',
    );
    t.deepEqual(
      [...used].filter((right) => !granted.includes(right)),
      [],
      'used and not granted',
    );
    t.deepEqual([...one.forbidden, ...two.forbidden], []);
  },
  title: (name = '') => `every right that is granted is used, and no other is missed: ${name}`,
});

test('in a whole cluster', uses, [], []);

test(
  'in a single namespace',
  uses,
  ['--set', `scope.namespace=${namespace}`],
  ['--watch-namespace', namespace],
);
