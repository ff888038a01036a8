import type { Read } from '../../../collection/operator/join-each.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import type { ListenerReport, ReportedCondition } from '../../contribution/report.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import type { SettledEntry, SettledParent } from '../listener/settle-parent.ts';
import { sectionKey } from '../route/listener-key.ts';
import { fails, holds, programmed } from './condition.ts';

/** What came of the listeners of an object, and the routes that are attached to them. */
export interface AttachmentTables {
  readonly settled: SettledParent;
  readonly attached: AttachedRoutes;
}

/** The routes that are attached to one listener: how many. */
export interface AttachedRoutes {
  readonly size: number;
}

/** What is told of the listeners of a Gateway or ListenerSet, in the order of the spec. */
export const entryReports = (
  parent: ObjectRef,
  entries: readonly SettledEntry[],
  read: Read<AttachmentTables>,
): readonly ListenerReport[] =>
  entries.map((entry) => ({
    name: entry.section,
    supportedKinds: entry.kinds.map((kind) => ({ group: gatewayGroup, kind })),
    attachedRoutes: read('attached', sectionKey({ parent, section: entry.section }))?.size ?? 0,
    binds: entry.addresses.map(({ name }) => name),
    conditions: conditionsOf(entry),
  }));

/** Whether a listener is valid in itself and has what it wants of others. */
export const isAccepted = ({ conflict, refusal }: SettledEntry): boolean =>
  conflict === undefined && refusal === undefined;

/** Said only where it is so, as the API asks. */
const overlapping = holds(
  'OverlappingTLSConfig',
  'A hostname of another listener on this port is within this one, or around it; a request on a connection for the other one is answered 421',
  'OverlappingHostnames',
);

const conditionsOf = ({
  conflict,
  refusal,
  unresolved,
  unserved,
  isOverlapping,
}: SettledEntry): readonly ReportedCondition[] => {
  const unaccepted = conflict ?? refusal;
  return [
    unaccepted === undefined
      ? holds('Accepted', 'The listener is valid')
      : fails('Accepted', unaccepted),
    conflict === undefined
      ? fails('Conflicted', {
          reason: 'NoConflicts',
          message: 'No other listener has what it wants',
        })
      : holds('Conflicted', conflict.message, conflict.reason),
    unresolved === undefined
      ? holds('ResolvedRefs', 'All that it refers to can be used')
      : fails('ResolvedRefs', unresolved),
    unserved === undefined ? programmed('The listener is served') : fails('Programmed', unserved),
    ...(isOverlapping === true ? [overlapping] : []),
  ];
};
