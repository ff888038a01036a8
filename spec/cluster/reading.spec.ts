import test, { type ExecutionContext } from 'ava';

import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { aPlace, startHeadgate, type Headgate } from '../_support/process/headgate-process.ts';
import { installCrds } from '../_support/test-cluster/crds.ts';
import { sharedCluster } from '../_support/test-cluster/shared-cluster.ts';
import { startTestCluster, type TestCluster } from '../_support/test-cluster/test-cluster.ts';
import { aSecret } from '../_support/world/a-secret.ts';
import { aHost, aListener, aMapping, aService, type Manifest } from '../_support/world/builders.ts';

/** A control plane that reads the cluster and serves nobody. */
const reader = async (
  t: ExecutionContext,
  kubeconfig: string,
  ...flags: readonly string[]
): Promise<Headgate> => {
  const headgate = startHeadgate(t, { ...aPlace(t), kubeconfig }, [
    ...['--no-envoy', '--no-status', ...flags],
  ]);
  await eventually('everything is read', headgate.isReady);
  return headgate;
};

/** The domains under `.example` that are served, but for those of other tests. */
const virtualHosts = async (headgate: Headgate, zone: string): Promise<readonly string[]> => {
  const { virtualHosts } = (await headgate.debug('ir')) as {
    readonly virtualHosts: Readonly<Record<string, { readonly domain: string }>>;
  };
  const domains = Object.values(virtualHosts).map(({ domain }) => domain);
  return [...new Set(domains.filter((domain) => domain.endsWith(`.${zone}`)))].sort();
};

const serves = async (headgate: Headgate, zone: string, ...domains: readonly string[]) =>
  await eventually(
    `it serves ${domains.join()}`,
    async () => (await virtualHosts(headgate, zone)).join() === domains.join(),
  );

const unreadable = async (headgate: Headgate): Promise<readonly string[]> =>
  (await headgate.problems()).flatMap(({ problem, object = '' }) =>
    problem === 'UnreadableKind' ? [object] : [],
  );

/** What serves one host in a namespace. */
const site = (namespace: string, domain: string, spec = {}, labels = {}): readonly Manifest[] =>
  [
    aListener(`${namespace}/http`, spec),
    aHost(`${namespace}/host`, { hostname: domain, ...spec }),
    aMapping(`${namespace}/site`, { hostname: domain, ...spec }),
    aService(`${namespace}/web`),
  ].map((object) => ({ ...object, metadata: { ...object.metadata, labels } }));

const namespaces = (...names: readonly string[]): readonly Manifest[] =>
  names.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));

const shared = sharedCluster({ isAudited: true });
let installed: Promise<void> | undefined;

/** One cluster for all tests but the first; what one of them leaves there the others do not mind. */
const aCluster = async (): Promise<TestCluster> => {
  const cluster = await shared();
  await (installed ??= installCrds(cluster));
  return cluster;
};

test.serial('a kind that is not installed is a problem, and read as soon as it is', async (t) => {
  const cluster = await startTestCluster(t);

  const headgate = await reader(t, cluster.kubeconfig);
  const missing = await unreadable(headgate);

  t.is(missing.length, 14);
  t.true(missing.includes('mappings.getambassador.io'));

  await installCrds(cluster);
  await cluster.apply(site('default', 'one.kinds'));
  await serves(headgate, 'kinds', 'one.kinds');
  await eventually('nothing is missing', async () => (await unreadable(headgate)).length === 0);

  await cluster.kubectl(['delete', 'crd', 'mappings.getambassador.io']);
  await eventually('one is missing again', async () =>
    (await unreadable(headgate)).includes('mappings.getambassador.io'),
  );
  t.true(await headgate.isReady());
});

test.serial('an installation reads its own namespace only, with rights in no other', async (t) => {
  const cluster = await aCluster();
  await cluster.apply(namespaces('ours', 'theirs'));
  await cluster.apply([...site('ours', 'ours.scope'), ...site('theirs', 'theirs.scope')]);
  await cluster.apply(rightsIn('ours'));
  const kubeconfig = await cluster.kubeconfigFor('ours', 'gate');

  const headgate = await reader(t, kubeconfig, '--watch-namespace', 'ours', '--namespace', 'ours');

  t.deepEqual(await virtualHosts(headgate, 'scope'), ['ours.scope']);
  t.deepEqual(await unreadable(headgate), []);
});

test.serial('an installation reads what its selectors and its id select', async (t) => {
  const cluster = await aCluster();
  await cluster.apply(namespaces('a', 'b', 'c'));
  await cluster.apply([
    ...site('a', 'labelled.select', {}, { team: 'blue' }),
    ...site('b', 'unlabelled.select'),
    ...site('c', 'other.select', { ambassador_id: ['other'] }, { team: 'blue' }),
  ]);

  const byLabel = await reader(t, cluster.kubeconfig, '--label-selector', 'team=blue');
  const byId = await reader(t, cluster.kubeconfig, '--ambassador-id', 'other');
  const byField = await reader(t, cluster.kubeconfig, '--field-selector', 'metadata.namespace!=b');

  t.deepEqual(await virtualHosts(byLabel, 'select'), ['labelled.select']);
  t.deepEqual(await virtualHosts(byId, 'select'), ['other.select']);
  t.deepEqual(await virtualHosts(byField, 'select'), ['labelled.select']);
});

test.serial('only Secrets that a Host of ours names are fetched', async (t) => {
  const cluster = await aCluster();
  const secure = (name: string, secret: string, spec = {}) =>
    aHost(`default/${name}`, { hostname: `${name}.example`, tlsSecret: { name: secret }, ...spec });
  await cluster.apply([
    aListener('default/https', { port: 8443, protocol: 'HTTPS' }),
    aSecret('default/used'),
    aSecret('default/unused'),
    aSecret('default/later', 'two'),
    secure('one', 'used'),
    secure('foreign', 'unused', { ambassador_id: ['other'] }),
  ]);
  const headgate = await reader(t, cluster.kubeconfig);
  const secrets = async () =>
    Object.keys((await headgate.debug<{ readonly secrets: object }>('ir')).secrets).sort();

  t.deepEqual(await secrets(), ['default/used']);
  const before = (await headgate.problems()).length;

  await cluster.apply([secure('two', 'later')]);
  await eventually('the second is there', async () => (await secrets()).length === 2);
  t.is((await headgate.problems()).length, before);

  await cluster.kubectl(['delete', 'secret', 'used']);
  await eventually('the first is gone', async () => (await secrets()).join() === 'default/later');
  t.true((await headgate.problems()).some(({ problem }) => problem === 'NotFound'));

  const fetched = cluster
    .auditLog()
    .filter(({ objectRef, verb }) => objectRef?.resource === 'secrets' && verb === 'get')
    .map(({ objectRef }) => objectRef?.name);
  t.true(fetched.includes('used'));
  t.false(fetched.includes('unused'));
});

test.serial('replicas hold the same versions of everything', async (t) => {
  const cluster = await aCluster();
  await cluster.apply(namespaces('d', 'e'));
  await cluster.apply(site('d', 'd.replicas'));
  const one = await reader(t, cluster.kubeconfig);
  await cluster.apply(site('e', 'e.replicas'));
  const two = await reader(t, cluster.kubeconfig);
  await serves(one, 'replicas', 'd.replicas', 'e.replicas');
  const resources = async (headgate: Headgate) =>
    (await headgate.debug<{ readonly resources: unknown }>('snapshot')).resources;

  t.deepEqual(await resources(one), await resources(two));
});

/** What an installation that reads one namespace needs there. */
const rightsIn = (namespace: string): readonly object[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name: 'gate' } },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata: { namespace, name: 'gate' },
    rules: [
      {
        apiGroups: ['getambassador.io', '', 'discovery.k8s.io', 'networking.k8s.io'],
        resources: ['*'],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  },
  {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { namespace, name: 'gate' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'gate' },
    subjects: [{ kind: 'ServiceAccount', namespace, name: 'gate' }],
  },
];
