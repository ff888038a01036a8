import { definedOnly } from '../../../collection/defined-only.ts';
import { joinEach, type Read } from '../../../collection/operator/join-each.ts';
import { objectKey, objectRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { ListenerSet } from '../../../kube/gateway/listener-set.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import type { OurGateway, Refusal } from '../class/our-gateways.ts';
import { allowedNamespaces, letsIn, type NamespaceTables } from './allowed-namespaces.ts';

/** A ListenerSet whose Gateway is ours. */
export interface OurListenerSet extends Claimant {
  readonly set: ListenerSet;
  readonly parent: OurGateway;
  /** Why none of its listeners counts. */
  readonly refusal?: Refusal;
  readonly problems: readonly Problem[];
}

/** What decides whether a ListenerSet counts. */
export interface ParentTables extends NamespaceTables {
  readonly gateways: OurGateway;
}

/** Finds the ListenerSets of our Gateways. A Gateway takes those of no namespace unless it says otherwise. */
export const listenerSetEach = joinEach(
  (set: ListenerSet, key: ObjectKey, read: Read<ParentTables>): OurListenerSet | undefined => {
    const { metadata, spec } = set;
    const { group, kind, name, namespace = metadata.namespace } = spec.parentRef;
    if (group !== gatewayGroup || kind !== 'Gateway') return undefined;
    const parent = read('gateways', objectKey(namespace, name));
    if (parent === undefined) return undefined;
    const ref = objectRef('ListenerSet', key);
    const refusal = refusalOf(parent, metadata.namespace, read);
    return definedOnly<OurListenerSet>({
      ref,
      created: metadata.creationTimestamp,
      set,
      parent,
      refusal,
      problems:
        refusal === undefined
          ? []
          : [
              {
                _tag: 'NotAttached',
                object: ref,
                field: 'spec.parentRef',
                reason: refusal.message,
              },
            ],
    });
  },
);

const refusalOf = (
  { ref, gateway, refusal }: OurGateway,
  namespace: string,
  read: Read<ParentTables>,
): Refusal | undefined => {
  const { from = 'None', selector } = gateway.spec.allowedListeners?.namespaces ?? {};
  if (!letsIn(allowedNamespaces(from, selector), gateway.metadata.namespace, namespace, read))
    return {
      reason: 'NotAllowed',
      message: `${ref} takes no ListenerSets of this namespace (spec.allowedListeners)`,
    };
  return refusal === undefined
    ? undefined
    : { reason: 'ParentNotAccepted', message: `${ref} is not accepted: ${refusal.message}` };
};
