import { empty, entries, get, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import {
  keyParts,
  objectKey,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import { emissaryGroup } from '../../../kube/emissary/group.ts';
import { bySeniority, type Claimant } from '../../contribution/seniority.ts';
import type { NamespaceGrants, Referred, Referrer } from '../../grants.ts';
import { mayRefer } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { Resolver } from './upstream-cluster.ts';

/** A resolver object, and what it stands for. */
export interface ResolverObject extends Claimant {
  readonly resolver: Resolver;
}

/** The resolver objects of each kind, by name, and who may refer to them. */
export interface ResolverTables {
  readonly endpointResolvers: Collection<ObjectKey, ResolverObject>;
  readonly serviceResolvers: Collection<ObjectKey, ResolverObject>;
  /** By namespace; there are none without isolation. */
  readonly grants: NamespaceGrants;
}

/** The resolvers that are there without an object, by their names. */
const builtIn: ReadonlyMap<string, Resolver> = new Map([
  ['kubernetes-service', 'service'],
  ['kubernetes-endpoint', 'endpoint'],
  ['endpoint', 'endpoint'],
]);

/**
 * What a resolver's name stands for: an object in the namespace of whoever names it, then one in the
 * installation's own, then a built-in one, then the oldest object of that name that may be referred to.
 */
export const resolverNamed = (
  name: string | undefined,
  from: Pick<Referrer, 'kind' | 'namespace'>,
  options: TranslateOptions,
  read: Read<ResolverTables>,
): Resolver | undefined => {
  if (name === undefined) return 'service';
  const endpoints = read('endpointResolvers', name);
  const services = read('serviceResolvers', name);
  if (endpoints === undefined && services === undefined) return builtIn.get(name);
  const endpoint = endpoints ?? empty<ObjectKey, ResolverObject>();
  const service = services ?? empty<ObjectKey, ResolverObject>();
  for (const place of [objectKey(from.namespace, name), objectKey(options.namespace, name)]) {
    const found = get(endpoint, place) ?? get(service, place);
    if (found !== undefined) return found.resolver;
  }
  const known = builtIn.get(name);
  if (known !== undefined) return known;
  const isAllowed = mayRefer(options);
  const referrer = { group: emissaryGroup, ...from };
  const [oldest] = [...entries(endpoint), ...entries(service)]
    .map(([, found]) => found)
    .filter(({ ref }) => isAllowed(referrer, referred(ref), (one) => read('grants', one)))
    .sort(bySeniority);
  return oldest?.resolver;
};

const referred = (ref: ObjectRef): Referred => {
  const [kind, key] = refParts(ref);
  const [namespace, name] = keyParts(key);
  return { group: emissaryGroup, kind, namespace, name };
};
