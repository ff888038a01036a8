import type { Manifest } from '../world/builders.ts';
import { aCertificate, aHost, aListener, aRoute, aService, aSlice } from '../world/steady-world.ts';

/** A gateway in a cluster: where it listens, and the addresses of its two backends. */
export interface ClusterWorld {
  readonly http: number;
  readonly https: number;
  readonly one: string;
  readonly two: string;
}

/** The port that every backend listens on. */
export const backendPort = 8080;

/** Everything that `worldTargets` need; nothing in it is named by a loopback address. */
export const worldManifests = async ({
  http,
  https,
  one,
  two,
}: ClusterWorld): Promise<readonly Manifest[]> => [
  aListener('http', http, 'HTTP'),
  aListener('https', https, 'HTTPS'),
  await aCertificate(),
  aHost('all', '*'),
  aRoute('static', `${one}:${backendPort}`),
  aRoute('slices', 'changing', { resolver: 'endpoint' }),
  ...[aService('changing'), aClusterSlice('changing', [one])],
  ...[aService('two'), aClusterSlice('two', [two])],
];

/** The URLs that must answer all the time, in cleartext and over TLS. */
export const worldTargets = ({ http, https }: ClusterWorld): readonly string[] =>
  ['static', 'slices'].flatMap((path) => [
    `http://127.0.0.1:${http}/${path}/`,
    `https://127.0.0.1:${https}/${path}/`,
  ]);

/** The one EndpointSlice of a Service, whose endpoints are ready at these addresses. */
export const aClusterSlice = (service: string, addresses: readonly string[]): Manifest => ({
  ...aSlice(service, backendPort),
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
});

/** The rights of a control plane, without those for one resource. */
export const theRights = (without = ''): Manifest => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name: 'headgate' },
  rules: [
    aRule('getambassador.io', ['*'], ['get', 'list', 'watch', 'patch', 'update']),
    ...['services', 'secrets', 'namespaces']
      .filter((resource) => resource !== without)
      .map((resource) => aRule('', [resource], ['get', 'list', 'watch'])),
    aRule('discovery.k8s.io', ['endpointslices'], ['get', 'list', 'watch']),
    aRule('networking.k8s.io', ['ingresses', 'ingressclasses'], ['get', 'list', 'watch']),
    aRule('apiextensions.k8s.io', ['customresourcedefinitions'], ['get', 'list', 'watch']),
    aRule('coordination.k8s.io', ['leases'], ['*']),
    ...['', 'events.k8s.io'].map((group) => aRule(group, ['events'], ['create', 'patch'])),
  ],
});

/** Gives them to a service account. */
export const theBinding = (account: { readonly namespace: string; readonly name: string }) => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'headgate' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'headgate' },
  subjects: [{ kind: 'ServiceAccount', ...account }],
});

const aRule = (group: string, resources: readonly string[], verbs: readonly string[]) => ({
  ...{ apiGroups: [group], resources, verbs },
});
