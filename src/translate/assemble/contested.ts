import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { Shared, United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Troubles } from '../contribution/troubles.ts';

/** The problems of contested claims, for each union of the claims of two languages. */
export type Contested<K extends string, V> = readonly Mapped<K, Shared<V>, readonly Problem[]>[];

/** How a claim is shown to those who do not have what they claim. */
interface Contest<K extends string, V> {
  /** The objects that a claim comes from. */
  readonly objects: (claim: V) => readonly ObjectRef[];
  /** The field that makes the claim; empty where it is the whole object. */
  readonly field: (claim: V) => string;
  /** What is contested. */
  readonly reason: (claim: V, key: K) => string;
  /** Which of two claims counts. */
  readonly winner: (left: V, right: V) => V;
}

/** Finds claims that two languages make; the objects of the one that does not count get a problem. */
export const contested = <K extends string, V>({
  objects,
  field,
  reason,
  winner,
}: Contest<K, V>) => {
  const conflictEach = mapEach(({ left, right }: Shared<V>, key: K): readonly Problem[] => {
    const won = winner(left, right);
    const lost = won === left ? right : left;
    const [other] = objects(won);
    return other === undefined
      ? []
      : objects(lost).map((object) => ({
          _tag: 'Conflict',
          object,
          field: field(lost),
          other,
          reason: reason(lost, key),
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
