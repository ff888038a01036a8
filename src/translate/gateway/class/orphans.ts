import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { objectKey, objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { Gateway } from '../../../kube/gateway/gateway.ts';
import type { ListenerSet } from '../../../kube/gateway/listener-set.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Troubled } from '../../contribution/troubles.ts';

/** What is said of Gateways whose class, and of ListenerSets whose Gateway, does not exist. */
export interface Orphans {
  readonly gateways: Joined<ObjectKey, Gateway, ClassTables, Troubled>;
  readonly sets: Joined<ObjectKey, ListenerSet, GatewayTables, Troubled>;
}

/** All there are, of every controller. */
interface ClassTables {
  readonly classes: unknown;
}

/** All there are, of every class. */
interface GatewayTables {
  readonly gateways: unknown;
}

/** Finds the objects that no controller serves, because what they name does not exist. */
export function* orphans(previous: Orphans | undefined, { objects }: SyncedStore): Work<Orphans> {
  const classes = objects.GatewayClass;
  const gateways = yield* gatewayEach(previous?.gateways, objects.Gateway, { classes });
  const known = { gateways: objects.Gateway };
  const sets = yield* setEach(previous?.sets, objects.ListenerSet, known);
  return { gateways, sets };
}

const gatewayEach = joinEach(({ spec }: Gateway, key: ObjectKey, read: Read<ClassTables>) => {
  const named = objectKey('', spec.gatewayClassName);
  return read('classes', named) === undefined
    ? without(objectRef('Gateway', key), 'spec.gatewayClassName', objectRef('GatewayClass', named))
    : undefined;
});

const setEach = joinEach(
  ({ metadata, spec }: ListenerSet, key: ObjectKey, read: Read<GatewayTables>) => {
    const { group, kind, name, namespace = metadata.namespace } = spec.parentRef;
    const named = objectKey(namespace, name);
    return group !== gatewayGroup || kind !== 'Gateway' || read('gateways', named) !== undefined
      ? undefined
      : without(objectRef('ListenerSet', key), 'spec.parentRef.name', objectRef('Gateway', named));
  },
);

const without = (object: ObjectRef, field: string, target: ObjectRef): Troubled => ({
  problems: [{ _tag: 'NotFound', object, field, target }],
});
