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
 * What is told of an object of which no version was ever good, so that its language knows nothing of it: of a
 * route, that those of its parents that are ours do not accept it; of a Gateway of our class and a ListenerSet
 * of our Gateway, that it is invalid. Nothing of an object that is nobody's of ours.
 */
export const unreadReport = (
  kind: string,
  key: ObjectKey,
  { parentRefs = [], gatewayClass }: ObjectVersion,
  isOurs: (parent: ObjectRef) => boolean,
): Report | undefined => {
  const ours = parentRefs.filter(
    ({ group, kind: parent, namespace = namespaceOf(key), name }) =>
      group === gatewayGroup && isOurs(objectRef(parent, objectKey(namespace, name))),
  );
  switch (kind) {
    case 'Gateway':
      return gatewayClass !== undefined &&
        isOurs(objectRef('GatewayClass', objectKey('', gatewayClass)))
        ? invalid
        : undefined;
    case 'ListenerSet':
      return ours.length > 0 ? invalid : undefined;
    default:
      return ours.length === 0
        ? undefined
        : {
            parents: ours.map((parentRef) => ({
              parentRef,
              conditions: [notRead('Accepted', 'UnsupportedValue')],
            })),
          };
  }
};

/** What is wrong with it is said in its place, in `Accepted`. */
const notRead = (type: string, reason: string) =>
  ({ type, status: 'False', reason, message: 'The object cannot be read' }) as const;

const invalid: Report = {
  conditions: [notRead('Accepted', 'Invalid'), notRead('Programmed', 'Invalid')],
};
