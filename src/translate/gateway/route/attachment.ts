import type { Read } from '../../../collection/operator/join-each.ts';
import type { Hostname } from '../../../ir/hostname.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import { namespaceOf, objectRef, refParts } from '../../../ir/object-ref.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { ParentReference } from '../../../kube/gateway/references.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Cause, Problem } from '../../../problem/problem.ts';
import type { SettledListener } from '../listener/settled-listener.ts';
import type { RouteObject } from '../rule/compile-rules.ts';
import { listenerKey, sectionKey, type ListenerKey, type SectionKey } from './listener-key.ts';
import { parentOf, takersOf, type ParentTables, type Rejection, type Taker } from './parent.ts';

/** What decides where a route attaches. */
export interface AttachmentTables extends ParentTables {
  /** All there are, of every controller. */
  readonly gateways: unknown;
  readonly listenerSets: unknown;
  /** The ListenerSets of our Gateways, also those whose listeners do not count. */
  readonly ourSets: unknown;
}

/** A route with what became of its references to parents; one without parents of ours may have problems. */
export interface AttachedRoute {
  readonly route: RouteObject;
  /** One for each reference to a parent that is ours, in the order of the spec. */
  readonly parents: readonly AttachedParent[];
  /** The listeners that take it by any of the references, each once. */
  readonly listeners: readonly TakingListener[];
  /** Of references to what does not exist. */
  readonly problems: readonly Problem[];
}

/** What became of one reference to a parent. */
export interface AttachedParent {
  readonly reference: ParentReference;
  /** The index of the reference. */
  readonly index: number;
  readonly parent: ObjectRef;
  /** The Gateway of the parent; absent where it has no listener for routes. */
  readonly gateway?: ObjectKey;
  /** What the Gateway shows to backends. */
  readonly certificate?: SecretName;
  /** Absent: a listener takes the route. */
  readonly rejection?: Rejection;
}

/** A listener that takes a route. */
export interface TakingListener {
  readonly key: ListenerKey;
  readonly section: SectionKey;
  /** The hostnames of the route that are also the listener's; `*` where the route has none. */
  readonly hostnames: readonly Hostname[];
  /** What the Gateway shows to backends. */
  readonly certificate?: SecretName;
  /** Why nothing is served there. */
  readonly unserved?: Cause;
}

/** Finds the listeners that take a route; none for a route whose parents all belong to others. */
export const attach = (
  route: RouteObject,
  key: ObjectKey,
  read: Read<AttachmentTables>,
): AttachedRoute | undefined => {
  const { kind, object } = route;
  const { parentRefs = [], hostnames = [] } = object.spec;
  const applicant = { kind, key, hostnames };
  const parents: AttachedParent[] = [];
  const problems: Problem[] = [];
  const takers = new Map<ListenerKey, Taker>();
  for (const [index, reference] of parentRefs.entries()) {
    const parent = parentOf(reference, key);
    if (parent === undefined) continue;
    const listeners = listenersOf(parent, read);
    if (listeners === undefined) {
      if (!isAnywhere(parent, read))
        problems.push({
          _tag: 'NotFound',
          object: objectRef(kind, key),
          field: `spec.parentRefs[${index}].name`,
          target: parent,
        });
      continue;
    }
    const found = takersOf(listeners, reference, applicant, read);
    parents.push({
      reference,
      index,
      parent,
      ...gatewayOf(listeners[0]),
      ...shownBy(listeners[0]),
      ...('reason' in found && { rejection: found }),
    });
    if (!('reason' in found))
      for (const taker of found) takers.set(listenerKey(taker.listener), taker);
  }
  if (parents.length === 0 && problems.length === 0) return undefined;
  return {
    route,
    parents,
    listeners: Array.from(takers, ([taking, { listener, hostnames: common }]) => ({
      key: taking,
      section: sectionKey(listener),
      hostnames: common,
      ...shownBy(listener),
      ...unservedBy(listener, key),
    })),
    problems: problems.length === 0 ? noProblems : problems,
  };
};

/** Who lives in another namespace is not told why. */
const unservedBy = (
  { parent, section, unserved }: SettledListener,
  route: ObjectKey,
): Pick<TakingListener, 'unserved'> => {
  if (unserved === undefined) return {};
  const isOwn = namespaceOf(refParts(parent)[1]) === namespaceOf(route);
  const why = isOwn ? `: ${unserved}` : '';
  return { unserved: { object: parent, reason: `does not serve its listener ${section}${why}` } };
};

const gatewayOf = (listener: SettledListener | undefined): { readonly gateway?: ObjectKey } =>
  listener === undefined ? {} : { gateway: listener.gateway };

const shownBy = (listener: SettledListener | undefined): { readonly certificate?: SecretName } =>
  listener?.backendCertificate === undefined ? {} : { certificate: listener.backendCertificate };

/** A ListenerSet that its Gateway does not take has none; its routes are told so. */
const listenersOf = (
  parent: ObjectRef,
  read: Read<AttachmentTables>,
): readonly SettledListener[] | undefined => {
  const listeners = read('parents', parent);
  if (listeners !== undefined) return listeners;
  const [kind, key] = refParts(parent);
  return kind === 'ListenerSet' && read('ourSets', key) !== undefined ? [] : undefined;
};

const isAnywhere = (parent: ObjectRef, read: Read<AttachmentTables>): boolean => {
  const [kind, key] = refParts(parent);
  return read(kind === 'Gateway' ? 'gateways' : 'listenerSets', key) !== undefined;
};
