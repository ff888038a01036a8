import { empty, entries, get, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import { namespaceOf, objectKey, type ObjectKey } from '../../../ir/object-ref.ts';
import { bySeniority, type Claimant } from '../../contribution/seniority.ts';
import { mayRefer } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { Resolver } from './mapping-cluster.ts';

/** A resolver object, and what it stands for. */
export interface ResolverObject extends Claimant {
  readonly resolver: Resolver;
}

/** The resolver objects of each kind, by name. */
export interface ResolverTables {
  readonly endpointResolvers: Collection<ObjectKey, ResolverObject>;
  readonly serviceResolvers: Collection<ObjectKey, ResolverObject>;
}

/** The resolvers that are there without an object, by their names. */
const builtIn: ReadonlyMap<string, Resolver> = new Map([
  ['kubernetes-service', 'service'],
  ['kubernetes-endpoint', 'endpoint'],
  ['endpoint', 'endpoint'],
]);

/**
 * What a resolver's name stands for: an object in the Mapping's namespace, then one in the
 * installation's own, then a built-in one, then the oldest object of that name that the Mapping may refer to.
 */
export const resolverNamed = (
  name: string | undefined,
  namespace: string,
  options: TranslateOptions,
  read: Read<ResolverTables>,
): Resolver | undefined => {
  if (name === undefined) return 'service';
  const endpoints = read('endpointResolvers', name);
  const services = read('serviceResolvers', name);
  if (endpoints === undefined && services === undefined) return builtIn.get(name);
  const endpoint = endpoints ?? empty<ObjectKey, ResolverObject>();
  const service = services ?? empty<ObjectKey, ResolverObject>();
  for (const place of [objectKey(namespace, name), objectKey(options.namespace, name)]) {
    const found = get(endpoint, place) ?? get(service, place);
    if (found !== undefined) return found.resolver;
  }
  const known = builtIn.get(name);
  if (known !== undefined) return known;
  const isAllowed = mayRefer(options);
  const [oldest] = [...entries(endpoint), ...entries(service)]
    .filter(([key]) => isAllowed(namespace, namespaceOf(key)))
    .map(([, found]) => found)
    .sort(bySeniority);
  return oldest?.resolver;
};
