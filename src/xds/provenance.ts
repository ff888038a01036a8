import { get, values } from '../collection/collection.ts';
import { usersOf } from '../ir/cluster-users.ts';
import { secretsOfCluster } from '../ir/cluster.ts';
import type { EndpointsName } from '../ir/endpoints.ts';
import { filtersOf, secretsOfChain, type FilterChain } from '../ir/filter-chain.ts';
import type { Ir } from '../ir/ir.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import type { SecretName } from '../ir/secret.ts';
import { patternsAround, plainCertificate, type ServedName } from '../ir/server-name.ts';
import type { TrustBundleName } from '../ir/trust-bundle.ts';
import { chainOfProxy } from './listener/tcp-proxy.ts';
import { isInShard, isShardFilter, tableOfFilter } from './shard/shard.ts';

/** Names a resource by its message type, with or without a prefix, and its name. */
export interface NamedResource {
  readonly typeUrl: string;
  readonly name: string;
}

/**
 * The objects that a resource was made from; none for a resource that is not in the IR.
 *
 * A listener is made from the certificates of its chains too, and a cluster from those it needs: Envoy
 * may notice only with them that one is no good.
 */
export const provenance = (ir: Ir, { typeUrl, name }: NamedResource): readonly ObjectRef[] => {
  switch (typeUrl.slice(typeUrl.lastIndexOf('.') + 1)) {
    case 'Cluster': {
      const found = get(ir.clusters, name);
      const secrets = found === undefined ? [] : secretsOfCluster(found);
      return [
        ...usersOf(ir.clusterUsers, name),
        ...secrets.flatMap((secret) => secretFrom(ir, secret)),
      ];
    }
    case 'ClusterLoadAssignment':
      return get(ir.endpoints, name as EndpointsName)?.from ?? [];
    case 'Secret':
      return secretFrom(ir, secretNamed(ir, name));
    case 'Listener': {
      const chains = [...values(ir.filterChains)].filter(({ listener }) => listener === name);
      const secrets = chains.flatMap(secretsOfChain);
      return [
        ...(get(ir.listeners, name)?.from ?? []),
        ...chains.flatMap(({ from }) => from),
        ...optionsFrom(chains),
        ...secrets.flatMap((secret) => secretFrom(ir, secret)),
      ];
    }
    case 'RouteConfiguration':
    case 'ScopedRouteConfiguration':
      return [...values(ir.virtualHosts)]
        .filter(({ table, domain }) => isInShard(name, table, domain))
        .flatMap(({ from, routes }) => [...routes.flatMap((route) => route.from), ...from]);
    case 'TypedExtensionConfig': {
      const chain = chainOfProxy(name);
      if (chain !== undefined) return get(ir.filterChains, chain)?.from ?? [];
      if (!isShardFilter(name)) return get(ir.filters, name)?.from ?? [];
      return [...values(ir.filterChains)]
        .filter(({ carries }) => carries._tag === 'Http' && carries.table === tableOfFilter(name))
        .flatMap(({ listener, from }) => [...(get(ir.listeners, listener)?.from ?? []), ...from]);
    }
    case 'Runtime':
      return [...values(ir.connectionLimits)].flatMap(({ from }) => from);
    default:
      return [];
  }
};

/**
 * The objects for which a resource is there: those that it was made from; where a filter was made from none, because
 * it is there whatever objects there are, those of the listeners that list it. The latter are to blame for nothing.
 */
export const reasonsFor = (ir: Ir, resource: NamedResource): readonly ObjectRef[] => {
  const from = provenance(ir, resource);
  if (from.length > 0 || !resource.typeUrl.endsWith('TypedExtensionConfig')) return from;
  return [...values(ir.filterChains)]
    .filter((chain) => filtersOf(chain).includes(resource.name))
    .flatMap(({ listener }) => get(ir.listeners, listener)?.from ?? []);
};

/** The objects that have requests told of or traced: all chains of a listener share their value. */
const optionsFrom = (chains: readonly FilterChain[]): readonly ObjectRef[] => {
  const http = chains.map(({ carries }) => carries).find((one) => one._tag === 'Http');
  const { from = [], logServices = [], tracing } = http?.options ?? {};
  const telemetry = [...logServices, ...(tracing === undefined ? [] : [tracing])];
  return [...from, ...telemetry.flatMap((one) => one.from)];
};

/** Finds the resources that are made from one of some objects, among others. */
export const comesFrom = (
  ir: Ir,
  objects: readonly ObjectRef[],
): ((resource: NamedResource) => boolean) => {
  const isOne = (ref: ObjectRef): boolean => objects.includes(ref);
  const hosts = [...values(ir.virtualHosts)].filter(
    ({ from, routes }) => from.some(isOne) || routes.some((one) => one.from.some(isOne)),
  );
  return (resource) =>
    resource.typeUrl.endsWith('RouteConfiguration')
      ? hosts.some(({ table, domain }) => isInShard(resource.name, table, domain))
      : provenance(ir, resource).some(isOne);
};

/** The name itself, or the Secret that is served for the server name. */
const secretNamed = ({ certificates }: Ir, name: string): string => {
  const around = name.includes('/') ? [] : patternsAround(name.toLowerCase());
  const served = around.map((names) => get(certificates, names)).find(isThere);
  return (served && plainCertificate(served)) ?? name;
};

const secretFrom = ({ secrets, trustBundles }: Ir, name: string): readonly ObjectRef[] =>
  (get(secrets, name as SecretName) ?? get(trustBundles, name as TrustBundleName))?.from ?? [];

const isThere = (served: ServedName | undefined): served is ServedName => served !== undefined;
