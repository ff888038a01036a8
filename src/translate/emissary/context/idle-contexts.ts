import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { CompiledContext } from './spoken-tls.ts';

/** A Host, with the TLSContext that counts for it. */
interface WithContext {
  readonly certificate: { readonly context?: ObjectRef };
}

/** A server name of TCPMappings, with the Host or the TLSContext where TLS ends. */
interface WithEnd {
  readonly end?: ObjectRef;
}

interface Users {
  readonly hosts: Collection<string, true>;
  readonly names: Collection<string, true>;
  readonly services: unknown;
  readonly called: unknown;
}

/** Which TLSContexts count for Hosts and for names of TCPMappings, and what is said of those that nobody uses. */
export interface IdleContexts {
  readonly ofHosts: Grouped<string, WithContext, ObjectRef, true>;
  readonly ofNames: Grouped<string, WithEnd, ObjectRef, true>;
  readonly notes: Joined<
    ObjectKey,
    CompiledContext,
    Users,
    { readonly problems: readonly Problem[] }
  >;
}

/** Where TLSContexts are used. */
interface Uses {
  readonly contexts: Collection<ObjectKey, CompiledContext>;
  /** Hosts with TLS settings. */
  readonly hosts: Collection<string, WithContext>;
  readonly names: Collection<string, WithEnd>;
  /** The services that are reached with a TLSContext, by its key. */
  readonly services: Collection<ObjectKey, unknown>;
  /** The TLSContexts' namesakes: Hosts that they are called after, by the key of the Host. */
  readonly called: Collection<ObjectKey, unknown>;
}

/** Finds the TLSContexts that nobody uses, but for those with which something else is wrong: that is told first. */
export const idleContexts = (hostCalled: (context: ObjectKey) => ObjectKey | undefined) => {
  const noteEach = joinEach<
    ObjectKey,
    CompiledContext,
    Users,
    { readonly problems: readonly Problem[] }
  >(({ ref, isClosed }, key, read) => {
    if (isClosed === true) return undefined;
    const host = hostCalled(key);
    const isUsed =
      read('hosts', ref) !== undefined ||
      read('names', ref) !== undefined ||
      read('services', key) !== undefined ||
      (host !== undefined && read('called', host) !== undefined);
    return isUsed
      ? undefined
      : { problems: [{ _tag: 'Note', object: ref, field: '', note: idle }] };
  });
  return function* (
    previous: IdleContexts | undefined,
    { contexts, hosts, names, services, called }: Uses,
  ): Work<IdleContexts> {
    const ofHosts = yield* byContext(previous?.ofHosts, hosts);
    const ofNames = yield* byEnd(previous?.ofNames, names);
    const notes = yield* noteEach(previous?.notes, contexts, {
      ...{ hosts: ofHosts.output, names: ofNames.output },
      ...{ services, called },
    });
    return { ofHosts, ofNames, notes };
  };
};

const idle = 'no effect: no Host, service or TCPMapping is in effect that uses it';

const byContext = groupBy(({ certificate: { context } }: WithContext, _: string) =>
  context === undefined ? [] : [[context, true as const] as const],
);

const byEnd = groupBy(({ end }: WithEnd, _: string) =>
  end === undefined ? [] : [[end, true as const] as const],
);
