import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import {
  namespaceOf,
  objectKey,
  objectRef,
  refParts,
  type ObjectKey,
  type ObjectRef,
} from '../../../ir/object-ref.ts';
import { gatewayGroup, type ParentReference } from '../../../kube/gateway/references.ts';
import { letsIn, type NamespaceTables } from '../listener/allowed-namespaces.ts';
import type { RouteKind, SettledListener } from '../listener/settled-listener.ts';
import { intersection } from './hostnames.ts';

/** What a route is compared with to know which listeners take it. */
export interface ParentTables extends NamespaceTables {
  /** The listeners of each Gateway and ListenerSet that is ours. */
  readonly parents: readonly SettledListener[];
}

/** A route, as listeners see it. */
interface Applicant {
  readonly kind: RouteKind;
  readonly key: ObjectKey;
  /** Without hostnames it is for all those of the listener. */
  readonly hostnames: readonly Hostname[];
}

/** A listener that takes a route, with the hostnames of the route for which it does; `*` if it has none. */
export interface Taker {
  readonly listener: SettledListener;
  readonly hostnames: readonly Hostname[];
}

/** Why no listener takes a route. */
export interface Rejection {
  readonly reason: 'NoMatchingParent' | 'NotAllowedByListeners' | 'NoMatchingListenerHostname';
  readonly message: string;
}

/** The Gateway or ListenerSet that a reference names; none if it names something else. */
export const parentOf = (
  { group, kind, namespace, name }: ParentReference,
  route: ObjectKey,
): ObjectRef | undefined =>
  group === gatewayGroup && (kind === 'Gateway' || kind === 'ListenerSet')
    ? objectRef(kind, objectKey(namespace ?? namespaceOf(route), name))
    : undefined;

/**
 * Which listeners of a parent take a route: of those that the reference means, those that take its kind and
 * namespace, of which those that have a hostname in common with it. A listener of which something is wrong
 * takes routes, too.
 */
export const takersOf = (
  listeners: readonly SettledListener[],
  reference: ParentReference,
  route: Applicant,
  read: Read<NamespaceTables>,
): readonly Taker[] | Rejection => {
  const { sectionName, port } = reference;
  const meant = listeners.filter(
    (one) =>
      (sectionName === undefined || one.section === sectionName) &&
      (port === undefined || one.port === port),
  );
  if (meant.length === 0) return { reason: 'NoMatchingParent', message: noneMeant(reference) };
  const namespace = namespaceOf(route.key);
  const allowing = meant.filter(
    ({ kinds, namespaces, parent }) =>
      kinds.includes(route.kind) &&
      letsIn(namespaces, namespaceOf(refParts(parent)[1]), namespace, read),
  );
  if (allowing.length === 0)
    return {
      reason: 'NotAllowedByListeners',
      message: `${listenersOf(reference)} takes routes of kind ${route.kind} of namespace ${namespace}`,
    };
  const hostnames = route.hostnames.length === 0 ? any : route.hostnames;
  const takers = allowing.flatMap((listener): readonly Taker[] => {
    const common = hostnames.filter((name) => intersection(listener.hostname, name) !== undefined);
    return common.length === 0 ? [] : [{ listener, hostnames: common }];
  });
  if (takers.length > 0) return takers;
  const offered = [...new Set(allowing.map(({ hostname }) => hostname))].join(', ');
  return {
    reason: 'NoMatchingListenerHostname',
    message: `${listenersOf(reference)} has a hostname of this route: they have ${offered}`,
  };
};

const any: readonly Hostname[] = ['*'];

const noneMeant = ({ kind, name, sectionName, port }: ParentReference): string =>
  [
    `${kind} ${name} has no listener`,
    ...(sectionName === undefined ? [] : [`named ${sectionName}`]),
    ...(port === undefined ? [] : [`on port ${port}`]),
    'for routes',
  ].join(' ');

const listenersOf = ({ kind, name, sectionName }: ParentReference): string =>
  sectionName === undefined
    ? `no listener of ${kind} ${name}`
    : `no listener ${sectionName} of ${kind} ${name}`;
