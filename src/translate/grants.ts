import { values, type Collection } from '../collection/collection.ts';
import { groupBy, type Grouped } from '../collection/operator/group-by.ts';
import type { ObjectKey } from '../ir/object-ref.ts';
import type { ReferenceGrant } from '../kube/gateway/reference-grant.ts';

/** The ReferenceGrants of each namespace: they allow references to its objects. */
export type Grants = Grouped<ObjectKey, ReferenceGrant, string, ReferenceGrant>;

/** The grants of one namespace. */
export type NamespaceGrants = Collection<ObjectKey, ReferenceGrant>;

/** Groups ReferenceGrants by their namespace. */
export const grantsByNamespace = groupBy((grant: ReferenceGrant, _: ObjectKey) => [
  [grant.metadata.namespace, grant] as const,
]);

/** The objects of a kind in one namespace, as a reference comes from them. */
export interface Referrer {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

/** An object that is referred to. */
export interface Referred {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/**
 * Whether an object may refer to another one: within a namespace always, else if a ReferenceGrant in the
 * namespace of the other one allows it (GEP-709). The grants of a namespace are read only where they count.
 */
export const mayReferTo = (
  grantsOf: (namespace: string) => NamespaceGrants | undefined,
  from: Referrer,
  to: Referred,
): boolean => {
  if (from.namespace === to.namespace) return true;
  const grants = grantsOf(to.namespace);
  if (grants === undefined) return false;
  const targets = allowedBy(grants).get(fromText(from));
  return targets !== undefined && (targets.has(toText(to)) || targets.has(toText(to, to.name)));
};

/** What the grants of a namespace allow: by who refers, to what. */
type Allowed = ReadonlyMap<string, ReadonlySet<string>>;

/** Many references ask the same grants, and there can be many of both. */
const allowedBy = (grants: NamespaceGrants): Allowed => {
  const known = allowances.get(grants);
  if (known !== undefined) return known;
  const allowed = new Map<string, Set<string>>();
  for (const { spec } of values(grants))
    for (const from of spec.from) {
      const targets = allowed.get(fromText(from)) ?? new Set();
      for (const to of spec.to) targets.add(toText(to, to.name));
      allowed.set(fromText(from), targets);
    }
  allowances.set(grants, allowed);
  return allowed;
};

const allowances = new WeakMap<NamespaceGrants, Allowed>();

const fromText = ({ group, kind, namespace }: Referrer): string => `${group}/${kind} ${namespace}`;

/** Without a name it stands for all objects of the kind. */
const toText = ({ group, kind }: Pick<Referred, 'group' | 'kind'>, name = ''): string =>
  `${group}/${kind} ${name}`;
