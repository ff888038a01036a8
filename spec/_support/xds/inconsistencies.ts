import { get, has, keys, values } from '../../../src/collection/collection.ts';
import { secretsOfChain, type FilterChain } from '../../../src/ir/filter-chain.ts';
import type { Ir } from '../../../src/ir/ir.ts';
import type { ListenerName } from '../../../src/ir/listener.ts';
import { toJson } from '../../../src/xds/message/to-json.ts';
import type { Snapshot } from '../../../src/xds/snapshot.ts';
import { TypeUrl } from '../../../src/xds/type-url.ts';

/**
 * Everything that an IR or its resources name but do not hold, and every domain that occurs twice.
 */
export const inconsistencies = (ir: Ir, resources: Snapshot['resources']): readonly string[] => [
  ...[...values(ir.virtualHosts)].flatMap(({ domain, routes }) =>
    routes
      .flatMap(({ action }) =>
        action._tag === 'Forward'
          ? [
              ...action.backends.flatMap((backend) =>
                backend._tag === 'Cluster' ? backend.cluster : [],
              ),
              ...action.mirrors.map(({ cluster }) => cluster),
            ]
          : [],
      )
      .filter((cluster) => !has(resources[TypeUrl.Cluster], cluster))
      .map((cluster) => `${domain} routes to ${cluster}`),
  ),
  ...[...values(ir.clusters)].flatMap(({ name, discovery }) =>
    discovery._tag === 'Eds' && !has(resources[TypeUrl.Endpoints], discovery.endpoints)
      ? [`${name} has no endpoints ${discovery.endpoints}`]
      : [],
  ),
  ...[...values(ir.filterChains)].flatMap((chain) => [
    ...(has(ir.listeners, chain.listener)
      ? []
      : [`${chain.name} is in no listener ${chain.listener}`]),
    ...missingFor(chain, resources).map((missing) => `${chain.name} has no ${missing}`),
    ...secretsOfChain(chain)
      .filter((secret) => !has(resources[TypeUrl.Secret], secret))
      .map((secret) => `${chain.name} has no secret ${secret}`),
  ]),
  ...[...keys(ir.listeners)]
    .filter((name) => !has(resources[TypeUrl.Listener], name) && !isRefusing(ir, name))
    .map((name) => `no listener ${name}`),
  ...tablesIn(resources).flatMap((table) => {
    const { virtual_hosts: hosts = [] } = table;
    const domains = hosts.flatMap((host) => host.domains);
    return domains
      .filter((domain, i) => domains.indexOf(domain) !== i)
      .map((domain) => `${table.name} has ${domain} twice`);
  }),
];

/** What a chain sends to and is not there. */
const missingFor = (
  { carries }: FilterChain,
  resources: Snapshot['resources'],
): readonly string[] => {
  switch (carries._tag) {
    case 'Http':
      return has(resources[TypeUrl.Routes], carries.table) ||
        has(resources[TypeUrl.ScopedRoutes], carries.table)
        ? []
        : [`table ${carries.table}`];
    case 'Tcp':
      return carries.backends
        .filter(({ cluster }) => !has(resources[TypeUrl.Cluster], cluster))
        .map(({ cluster }) => `cluster ${cluster}`);
    case 'Udp':
      return has(resources[TypeUrl.Cluster], carries.cluster) ? [] : [`cluster ${carries.cluster}`];
  }
};

/** Every table and every piece of one. */
const tablesIn = (resources: Snapshot['resources']): readonly Table[] => [
  ...[...values(resources[TypeUrl.Routes])].map((table) => toJson(table) as Table),
  ...[...values(resources[TypeUrl.ScopedRoutes])].map(
    (scope) => (toJson(scope) as { readonly route_configuration: Table }).route_configuration,
  ),
];

interface Table {
  readonly name: string;
  readonly virtual_hosts?: readonly { readonly domains: readonly string[] }[];
}

/** Whether nobody gets anything over QUIC: Envoy has no chain that refuses handshakes there, so nothing is sent. */
const isRefusing = (ir: Ir, name: ListenerName): boolean =>
  get(ir.listeners, name)?.quic !== undefined &&
  [...values(ir.filterChains)].every(
    ({ listener, tls }) => listener !== name || tls?._tag === 'Refuse',
  );
