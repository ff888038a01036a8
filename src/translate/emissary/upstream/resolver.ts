import { get, values, type Collection } from '../../../collection/collection.ts';
import type { Read } from '../../../collection/operator/join-each.ts';
import {
  keyParts,
  objectKey,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import { builtInConsul } from '../../../ir/endpoints.ts';
import { emissaryGroup } from '../../../kube/emissary/group.ts';
import { bySeniority, type Claimant } from '../../contribution/seniority.ts';
import type { NamespaceGrants, Referred, Referrer } from '../../grants.ts';
import { mayRefer, trustedNamespaces } from '../../isolation.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { consulResolverName, consulResolverOf, type Resolver } from './upstream-cluster.ts';

/** A resolver object, and what it stands for. */
export interface ResolverObject extends Claimant {
  readonly resolver: Resolver;
}

/** The resolver objects of each kind, by name, and who may refer to them. */
export interface ResolverTables {
  readonly endpointResolvers: Collection<ObjectKey, ResolverObject>;
  readonly serviceResolvers: Collection<ObjectKey, ResolverObject>;
  readonly consulResolvers: Collection<ObjectKey, ResolverObject>;
  /** By namespace; there are none without isolation. */
  readonly grants: NamespaceGrants;
}

/** The resolvers that are there without an object, by their names. */
const builtIn: ReadonlyMap<string, Resolver> = new Map([
  ['kubernetes-service', 'service'],
  ['kubernetes-endpoint', 'endpoint'],
  ['endpoint', 'endpoint'],
  ['consul', consulResolverName(builtInConsul)],
  ['consul-endpoint', consulResolverName(builtInConsul)],
]);

/**
 * What a resolver's name stands for: an object in the namespace of whoever names it, then one in the
 * installation's own, then a built-in one, then the oldest object of that name that may be referred to.
 *
 * Those of Kubernetes in the installation's own namespace are for all. A ConsulResolver of another namespace, and
 * the built-in one, is only for who may refer to it: behind it is all of a data centre.
 */
export const resolverNamed = (
  name: string | undefined,
  from: Pick<Referrer, 'kind' | 'namespace'>,
  options: TranslateOptions,
  read: Read<ResolverTables>,
): Resolver | undefined => {
  if (name === undefined) return 'service';
  const tables = [
    read('endpointResolvers', name),
    read('serviceResolvers', name),
    read('consulResolvers', name),
  ].filter((table) => table !== undefined);
  const isAllowed = mayRefer(options);
  const referrer = { group: emissaryGroup, ...from };
  const mayUse = ({ ref }: ResolverObject): boolean =>
    isAllowed(referrer, referred(ref), (one) => read('grants', one));
  for (const namespace of tables.length === 0 ? [] : [from.namespace, options.namespace]) {
    const found = foundIn(tables, objectKey(namespace, name));
    if (found !== undefined && (isForAll(found) || mayUse(found))) return found.resolver;
  }
  const known = builtIn.get(name);
  if (known !== undefined && (consulResolverOf(known) === undefined || isTrusted(from, options)))
    return known;
  const [oldest] = tables
    .flatMap((table) => [...values(table)])
    .filter(mayUse)
    .sort(bySeniority);
  return oldest?.resolver;
};

const foundIn = (
  tables: readonly Collection<ObjectKey, ResolverObject>[],
  key: ObjectKey,
): ResolverObject | undefined => {
  for (const table of tables) {
    const found = get(table, key);
    if (found !== undefined) return found;
  }
  return undefined;
};

const isForAll = ({ resolver }: ResolverObject): boolean =>
  consulResolverOf(resolver) === undefined;

const isTrusted = ({ namespace }: Pick<Referrer, 'namespace'>, options: TranslateOptions) =>
  options.isolation !== true || trustedNamespaces(options).includes(namespace);

const referred = (ref: ObjectRef): Referred => {
  const [kind, key] = refParts(ref);
  const [namespace, name] = keyParts(key);
  return { group: emissaryGroup, kind, namespace, name };
};
