import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { objectRef, refParts, type ObjectKey } from '../../../ir/object-ref.ts';
import { isForInstallation } from '../../../kube/emissary/installation.ts';
import type { TLSContext } from '../../../kube/emissary/tls-context.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { isRefusal, mayBeFor, type UnreadTables } from '../unread.ts';
import type { AttachedHost } from './attachment.ts';

/** The Hosts, those closed that a TLSContext counts for. */
export interface AdoptedContexts {
  /** TLSContexts by the key of the Host that they are called after, if there is one. */
  readonly contexts: Grouped<ObjectKey, TLSContext, ObjectKey, true>;
  /** The same for TLSContexts that are refused, by what is wrong with them. */
  readonly refused: Grouped<string, readonly Problem[], ObjectKey, true>;
  readonly named: United<ObjectKey, Named>;
  readonly closed: Joined<ObjectKey, Named, ClosingTables, AttachedHost>;
  readonly hosts: United<ObjectKey, AttachedHost>;
}

type Named = Collection<string, true>;

interface ClosingTables extends UnreadTables {
  readonly hosts: AttachedHost;
  readonly contexts: TLSContext;
}

/**
 * As in Emissary, a TLSContext counts for a Host with a certificate if it is called `<host>-context`. What
 * it asks for is not translated yet, so the handshakes of that Host are refused; and so they are if it
 * could never be read.
 */
export const adoptedContexts = ({ ambassadorId }: TranslateOptions) => {
  const closeEach = joinEach(
    (_: Named, key: ObjectKey, read: Read<ClosingTables>): AttachedHost | undefined => {
      const host = read('hosts', key);
      if (host?.certificate.secret === undefined) return undefined;
      const name: ObjectKey = `${key}${suffix}`;
      const context = read('contexts', name);
      const counts =
        context === undefined
          ? mayBeFor(ambassadorId, objectRef('TLSContext', name), read)
          : isForInstallation(context.spec.ambassador_id, ambassadorId);
      return counts ? closed(host, name) : undefined;
    },
  );
  return function* (
    previous: AdoptedContexts | undefined,
    attached: Collection<ObjectKey, AttachedHost>,
    { objects, problems, versions }: SyncedStore,
  ): Work<AdoptedContexts> {
    const contexts = yield* contextsOf(previous?.contexts, objects.TLSContext);
    const refused = yield* refusedOf(previous?.refused, problems);
    const named = yield* union<ObjectKey, Named>(previous?.named, contexts.output, refused.output);
    const closing = yield* closeEach(previous?.closed, named.output, {
      ...{ hosts: attached, contexts: objects.TLSContext },
      ...{ versions, faults: problems },
    });
    const hosts = yield* union(previous?.hosts, closing.output, attached);
    return { contexts, refused, named, closed: closing, hosts };
  };
};

const suffix = '-context';

const hostOf = (context: ObjectKey): ObjectKey => context.slice(0, -suffix.length) as ObjectKey;

const contextsOf = groupBy(
  (_: TLSContext, key: ObjectKey): readonly (readonly [ObjectKey, true])[] =>
    key.endsWith(suffix) ? [[hostOf(key), true]] : [],
);

const refusedOf = groupBy((problems: readonly Problem[], _: string) =>
  problems.filter(isRefusal).flatMap(({ object }): readonly (readonly [ObjectKey, true])[] => {
    const [kind, key] = refParts(object);
    return kind === 'TLSContext' && key.endsWith(suffix) ? [[hostOf(key), true]] : [];
  }),
);

const closed = (host: AttachedHost, name: ObjectKey): AttachedHost => {
  const { ref: object } = host;
  const reason = `${objectRef('TLSContext', name)} counts for this Host and is not supported yet; handshakes are refused until it is`;
  return {
    ...host,
    standing: 'refusing',
    certificate: { refuse: true },
    problems: [
      ...host.problems,
      { _tag: 'InvalidCertificate', object, field: 'spec.tlsSecret', reason },
    ],
  };
};
