import { empty } from '../../collection/collection.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import type { United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Troubles } from '../contribution/troubles.ts';

type Conflicts<K extends string, V> = Joined<K, V, { readonly earlier: V }, readonly Problem[]>;

/** What a step found out about each union; nothing where a side is empty, and nothing is contested. */
export type Contested<K extends string, V> = readonly (Conflicts<K, V> | undefined)[];

/** How those are told that come later. */
export interface Contest<K extends string, V> {
  /** The objects that a claim comes from. */
  readonly objects: (claim: V) => readonly ObjectRef[];
  /** The field that makes the claim; empty where it is the whole object. */
  readonly field: (claim: V) => string;
  /** What is contested. */
  readonly reason: (claim: V, key: K) => string;
}

/** Tells those who come later, of several languages that claim one thing. */
export const contested = <K extends string, V>({ objects, field, reason }: Contest<K, V>) => {
  const conflictEach = joinEach<K, V, { readonly earlier: V }, readonly Problem[]>(
    (later, key, read) => {
      const earlier = read('earlier', key);
      const [other] = earlier === undefined ? [] : objects(earlier);
      return other === undefined
        ? undefined
        : objects(later).map((object) => ({
            _tag: 'Conflict',
            object,
            field: field(later),
            other,
            reason: reason(later, key),
          }));
    },
  );
  return function* (
    previous: Contested<K, V> | undefined,
    unions: readonly United<K, V>[],
  ): Work<Contested<K, V>> {
    const found: (Conflicts<K, V> | undefined)[] = [];
    for (const [i, { left, right }] of unions.entries())
      found.push(
        left.size === 0 || right.size === 0
          ? undefined
          : yield* conflictEach(previous?.[i], right, { earlier: left }),
      );
    return found;
  };
};

/** The problems that were found: always as many lists as unions. */
export const troublesOf = <K extends string, V>(found: Contested<K, V>): readonly Troubles[] =>
  found.map((conflicts) => conflicts?.output ?? empty());
