import { empty } from '../../collection/collection.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import type { United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { Problem } from '../../problem/problem.ts';
import type { Troubles } from '../contribution/troubles.ts';

type Conflicts<K extends string, V> = Joined<K, V, { readonly earlier: V }, readonly Problem[]>;

/** What a step found out about each union; nothing where a side is empty, and nothing is contested. */
export type Contested<K extends string, V> = readonly (Conflicts<K, V> | undefined)[];

/**
 * Tells those who come later, of several languages that claim one thing.
 *
 * `conflict` says what is wrong for who comes later, and who came before it.
 */
export const contested = <K extends string, V>(
  conflict: (later: V, earlier: V, key: K) => readonly Problem[],
) => {
  const conflictEach = joinEach<K, V, { readonly earlier: V }, readonly Problem[]>(
    (later, key, read) => {
      const earlier = read('earlier', key);
      return earlier === undefined ? undefined : conflict(later, earlier, key);
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
