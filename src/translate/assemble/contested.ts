import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { Shared, United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Troubles } from '../contribution/troubles.ts';

/** The problems of contested claims, for each union of the claims of two languages. */
export type Contested<K extends string, V> = readonly Mapped<K, Shared<V>, readonly Problem[]>[];

/** How a claim is shown to the language that comes later. */
interface Contest<K extends string, V> {
  /** The objects that a claim comes from. */
  readonly objects: (claim: V) => readonly ObjectRef[];
  /** The field that makes the claim; empty where it is the whole object. */
  readonly field: (claim: V) => string;
  /** What is contested. */
  readonly reason: (claim: V, key: K) => string;
}

/**
 * Finds claims of a later language that an earlier one has made already; the objects of the later
 * one get a problem.
 */
export const contested = <K extends string, V>({ objects, field, reason }: Contest<K, V>) => {
  const conflictEach = mapEach(({ left, right }: Shared<V>, key: K): readonly Problem[] => {
    const [other] = objects(left);
    return other === undefined
      ? []
      : objects(right).map((object) => ({
          _tag: 'Conflict',
          object,
          field: field(right),
          other,
          reason: reason(right, key),
        }));
  });
  return function* (
    previous: Contested<K, V> | undefined,
    unions: readonly United<K, V>[],
  ): Work<Contested<K, V>> {
    const found: Mapped<K, Shared<V>, readonly Problem[]>[] = [];
    for (const [i, { shared }] of unions.entries())
      found.push(yield* conflictEach(previous?.[i], shared));
    return found;
  };
};

/** The problems that were found: always as many lists as unions. */
export const troublesOf = <K extends string, V>(found: Contested<K, V>): readonly Troubles[] =>
  found.map(({ output }) => output);
