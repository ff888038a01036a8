import type { Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { objectKey, objectRef, showRef, type ObjectKey } from '../../../ir/object-ref.ts';
import type { CustomResourceDefinition } from '../../../kube/core/definition.ts';
import type { Gateway } from '../../../kube/gateway/gateway.ts';
import type { GatewayClass } from '../../../kube/gateway/gateway-class.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import { releaseOf } from '../../../kube/gateway/release.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Claimant } from '../../contribution/seniority.ts';
import { selectorNotes } from '../listener/allowed-namespaces.ts';
import { compileClass, notYet, type OurClass } from './compile-class.ts';

/** Our classes, and the Gateways of these. */
export interface GatewayGraph {
  readonly classes: Joined<ObjectKey, GatewayClass, DefinitionTables, OurClass>;
  readonly gateways: Joined<ObjectKey, Gateway, ClassTables, OurGateway>;
}

/** A Gateway of one of our classes. */
export interface OurGateway extends Claimant {
  readonly key: ObjectKey;
  readonly gateway: Gateway;
  /** Why it is not accepted, whatever its listeners are. */
  readonly refusal?: Refusal;
  readonly problems: readonly Problem[];
}

/** Why something is not accepted. */
export interface Refusal {
  readonly reason: string;
  readonly message: string;
}

interface DefinitionTables {
  readonly definitions: CustomResourceDefinition;
}

interface ClassTables {
  readonly classes: OurClass;
}

/**
 * Finds our classes and the Gateways of these. `unsupportedAddress` finds the first address in a spec whose type
 * no Gateway can have; -1 if there is none.
 */
export const gatewayGraph = (unsupportedAddress: (gateway: Gateway) => number) => {
  const gatewayEach = joinEach((gateway: Gateway, key: ObjectKey, read: Read<ClassTables>) => {
    const ours = read('classes', objectKey('', gateway.spec.gatewayClassName));
    return ours === undefined ? undefined : ourGateway(gateway, key, ours, unsupportedAddress);
  });
  return function* (
    previous: GatewayGraph | undefined,
    { objects }: SyncedStore,
  ): Work<GatewayGraph> {
    const classes = yield* classEach(previous?.classes, objects.GatewayClass, {
      definitions: objects.CustomResourceDefinition,
    });
    const gateways = yield* gatewayEach(previous?.gateways, objects.Gateway, {
      classes: classes.output,
    });
    return { classes, gateways };
  };
};

/** The Gateways of our classes, by their key. */
export type OurGateways = Collection<ObjectKey, OurGateway>;

const classEach = joinEach((object: GatewayClass, key: ObjectKey, read: Read<DefinitionTables>) => {
  const definition = read('definitions', ownDefinition);
  return compileClass(object, key, definition && releaseOf(definition));
});

/** The definition of GatewayClasses. */
const ownDefinition = objectKey('', `gatewayclasses.${gatewayGroup}`);

const ourGateway = (
  gateway: Gateway,
  key: ObjectKey,
  ours: OurClass,
  unsupportedAddress: (gateway: Gateway) => number,
): OurGateway => {
  const ref = objectRef('Gateway', key);
  const { infrastructure = {}, addresses = [], allowedListeners } = gateway.spec;
  const { from = 'None', selector } = allowedListeners?.namespaces ?? {};
  const ignored = [
    ...(['labels', 'annotations'] as const)
      .filter((name) => Object.keys(infrastructure[name] ?? {}).length > 0)
      .map((name) => notYet(ref, `spec.infrastructure.${name}`)),
    ...selectorNotes(ref, 'spec.allowedListeners.namespaces', from, selector),
  ];
  const refused = (reason: string, message: string, problem: Problem) => ({
    refusal: { reason, message },
    problems: [problem, ...ignored],
  });
  const judged = (): Pick<OurGateway, 'refusal' | 'problems'> => {
    if (!ours.isAccepted) {
      const message = `${showRef(ours.ref)} is not accepted; its own status says why`;
      const field = 'spec.gatewayClassName';
      return refused('InvalidParameters', message, {
        _tag: 'NotAttached',
        object: ref,
        field,
        reason: message,
      });
    }
    if (infrastructure.parametersRef !== undefined) {
      const field = 'spec.infrastructure.parametersRef';
      const message = `${field}: no kind of parameters is supported`;
      return refused('InvalidParameters', message, notYet(ref, field));
    }
    const at = unsupportedAddress(gateway);
    const address = addresses[at];
    if (address === undefined) return { problems: ignored };
    const field = `spec.addresses[${at}].type`;
    const expected = 'a type of addresses that can be given to Gateways here';
    const got = JSON.stringify(address.type);
    return refused('UnsupportedAddress', `${field}: expected ${expected}, got ${got}`, {
      _tag: 'InvalidField',
      object: ref,
      field,
      expected,
      got,
    });
  };
  return definedOnly<OurGateway>({
    key,
    ref,
    created: gateway.metadata.creationTimestamp,
    gateway,
    refusal: undefined,
    ...judged(),
  });
};
