import { empty, has, keys, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
import type { Resolver } from './mapping-cluster.ts';

/** The resolver objects of each kind, by name. */
export interface ResolverTables {
  readonly endpointResolvers: Collection<ObjectKey, true>;
  readonly serviceResolvers: Collection<ObjectKey, true>;
}

/** The resolvers that are there without an object, by their names. */
const builtIn: ReadonlyMap<string, Resolver> = new Map([
  ['kubernetes-service', 'service'],
  ['kubernetes-endpoint', 'endpoint'],
  ['endpoint', 'endpoint'],
]);

/**
 * What a resolver's name stands for: an object in the Mapping's namespace, then one in the
 * installation's own, then a built-in one, then the only object of that name.
 */
export const resolverNamed = (
  name: string | undefined,
  namespace: string,
  ownNamespace: string,
  read: Read<ResolverTables>,
): Resolver | undefined => {
  if (name === undefined) return 'service';
  const endpoints = read('endpointResolvers', name);
  const services = read('serviceResolvers', name);
  if (endpoints === undefined && services === undefined) return builtIn.get(name);
  const endpoint = endpoints ?? empty<ObjectKey, true>();
  const service = services ?? empty<ObjectKey, true>();
  for (const place of [objectKey(namespace, name), objectKey(ownNamespace, name)]) {
    if (has(endpoint, place)) return 'endpoint';
    if (has(service, place)) return 'service';
  }
  const elsewhere = [...keys(endpoint), ...keys(service)];
  const single = endpoint.size === 1 ? 'endpoint' : 'service';
  return builtIn.get(name) ?? (elsewhere.length === 1 ? single : undefined);
};
