import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import { objectRef, refParts, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { TLSContext } from '../../../kube/emissary/tls-context.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import { noProblems } from '../../../problem/no-problems.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import { isRefusal, mayBeFor, type UnreadTables } from '../unread.ts';
import type { CompiledContext } from './spoken-tls.ts';

/** The TLSContexts that are there, and of which no version can be obeyed. */
export interface UnreadContexts {
  readonly refused: Grouped<string, readonly Problem[], ObjectKey, true>;
  readonly withheld: Grouped<ObjectRef, unknown, ObjectKey, true>;
  readonly suspects: United<ObjectKey, unknown>;
  readonly closed: Joined<ObjectKey, unknown, ContextTables, CompiledContext>;
}

interface ContextTables extends UnreadTables {
  readonly objects: TLSContext;
}

/**
 * TLSContexts that cannot be read, and those that Envoy refuses, close what they are for. They are there under their
 * names, so that whoever means one of them gets no other one, which may ask for less.
 */
export const unreadContexts = ({ ambassadorId }: TranslateOptions) => {
  const closedEach = joinEach(
    (_: unknown, key: ObjectKey, read: Read<ContextTables>): CompiledContext | undefined => {
      const ref = objectRef('TLSContext', key);
      return read('objects', key) === undefined && mayBeFor(ambassadorId, ref, read)
        ? { key, ref, hosts: [], isClosed: true, problems: noProblems }
        : undefined;
    },
  );
  return function* (
    previous: UnreadContexts | undefined,
    { objects, problems: faults, versions, withheld: kept }: SyncedStore,
  ): Work<UnreadContexts> {
    const refused = yield* refusedOf(previous?.refused, faults);
    const withheld = yield* withheldOf(previous?.withheld, kept);
    const suspects = yield* union<ObjectKey, unknown>(
      previous?.suspects,
      refused.output,
      withheld.output,
    );
    const closed = yield* closedEach(previous?.closed, suspects.output, {
      ...{ objects: objects.TLSContext, versions, faults },
    });
    return { refused, withheld, suspects, closed };
  };
};

const keyOf = (object: ObjectRef): readonly (readonly [ObjectKey, true])[] => {
  const [kind, key] = refParts(object);
  return kind === 'TLSContext' ? [[key, true]] : [];
};

const refusedOf = groupBy((problems: readonly Problem[], _: string) =>
  problems.filter(isRefusal).flatMap(({ object }) => keyOf(object)),
);

const withheldOf = groupBy((_: unknown, ref: ObjectRef) => keyOf(ref));
