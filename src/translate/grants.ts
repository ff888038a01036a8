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
  for (const { spec } of values(grants))
    if (
      spec.from.some(
        (one) =>
          one.group === from.group && one.kind === from.kind && one.namespace === from.namespace,
      ) &&
      spec.to.some(
        (one) =>
          one.group === to.group &&
          one.kind === to.kind &&
          (one.name === undefined || one.name === '' || one.name === to.name),
      )
    )
      return true;
  return false;
};
