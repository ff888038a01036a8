import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { refParts, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import { wantsTls, type Host } from '../../../kube/emissary/host.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { Former, SyncedStore } from '../../../kube/store/object-store.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { AttachedHost } from './attachment.ts';

/** The Hosts with TLS that are there, and of which no version can be obeyed. */
export interface UnreadHosts {
  readonly refused: Grouped<ObjectRef, Former, ObjectKey, Host>;
  readonly withheld: Grouped<ObjectRef, unknown, ObjectKey, Host>;
  readonly suspects: United<ObjectKey, Suspects>;
  /** Each with no more than its name. */
  readonly hosts: Joined<ObjectKey, Suspects, Known, Host>;
}

type Suspects = Collection<ObjectRef, Host>;

interface Known {
  readonly objects: Host;
}

/** Finds the Hosts with TLS that cannot be read, and those that Envoy refuses, as far as their names are known. */
export const unreadHosts = ({ ambassadorId }: TranslateOptions) => {
  const namedEach = joinEach(
    (suspects: Suspects, key: ObjectKey, read: Read<Known>): Host | undefined => {
      const [found] = values(suspects);
      if (found === undefined || read('objects', key) !== undefined) return undefined;
      const { metadata, spec } = found;
      const { hostname, ambassador_id: ids } = spec;
      return isForInstallation(ids, ambassadorId)
        ? { metadata, spec: hostname === undefined ? {} : { hostname } }
        : undefined;
    },
  );
  return function* (
    previous: UnreadHosts | undefined,
    { objects, former, withheld: kept }: SyncedStore,
  ): Work<UnreadHosts> {
    const refused = yield* refusedOf(previous?.refused, former);
    const withheld = yield* withheldOf(previous?.withheld, kept);
    const suspects = yield* union<ObjectKey, Suspects>(
      previous?.suspects,
      withheld.output,
      refused.output,
    );
    const hosts = yield* namedEach(previous?.hosts, suspects.output, { objects: objects.Host });
    return { refused, withheld, suspects, hosts };
  };
};

/**
 * The Host in its place: it refuses the handshakes of its name, so that no wider Host, which may ask clients for less,
 * serves it. The problem of the object says all that is to be said.
 */
export const refusingHost = (attached: AttachedHost): AttachedHost => ({
  ...attached,
  standing: 'unread',
  certificate: { refuse: true },
  problems: noProblems,
});

const refusedOf = groupBy(({ unread }: Former, ref: ObjectRef) => {
  const [, key] = refParts(ref);
  return unread === undefined ? [] : [[key, unread] as const];
});

const withheldOf = groupBy((object: unknown, ref: ObjectRef) => {
  const [kind, key] = refParts(ref);
  if (kind !== 'Host') return [];
  const host = object as Host;
  return wantsTls(host.spec) ? [[key, host] as const] : [];
});
