import {
  namespaceOf,
  objectKey,
  objectRef,
  type ObjectKey,
  type ObjectRef,
} from '../ir/object-ref.ts';
import { gatewayGroup } from '../kube/gateway/references.ts';
import type { ObjectVersion } from '../kube/kube-event.ts';
import type { Report } from '../translate/contribution/report.ts';

/**
 * What is told of a route of which no version was ever good, so that its language knows nothing of it: it is not
 * accepted by those of its parents that are ours. Nothing where none is.
 */
export const unreadReport = (
  key: ObjectKey,
  { parentRefs = [] }: ObjectVersion,
  isOurs: (parent: ObjectRef) => boolean,
): Report | undefined => {
  const ours = parentRefs.filter(
    ({ group, kind, namespace = namespaceOf(key), name }) =>
      group === gatewayGroup && isOurs(objectRef(kind, objectKey(namespace, name))),
  );
  if (ours.length === 0) return undefined;
  return { parents: ours.map((parentRef) => ({ parentRef, conditions: [notRead] })) };
};

/** What is wrong with it is said in its place. */
const notRead = {
  type: 'Accepted',
  status: 'False',
  reason: 'UnsupportedValue',
  message: 'The object cannot be read',
} as const;
