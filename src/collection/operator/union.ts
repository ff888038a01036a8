import { empty, get, settledWork, type Collection } from '../collection.ts';
import { diff } from '../diff.ts';
import { editOf, latest } from '../edit.ts';
import { equal } from '../equal.ts';
import { workEach, type Work } from '../work.ts';

/** The state of a `union`: what it last read and both together. */
export interface United<K extends string, V> {
  readonly left: Collection<K, V>;
  readonly right: Collection<K, V>;
  readonly output: Collection<K, V>;
}

/**
 * All entries of two collections, by change; for a key that is in both, what `both` makes of the two
 * values, at first the left one.
 *
 * An empty side costs nothing: the output is the other side itself. Otherwise it starts from the left
 * one, so it shares all of its subtrees but those in which the right one has an entry too.
 */
export function* union<K extends string, V>(
  previous: United<K, V> | undefined,
  left: Collection<K, V>,
  right: Collection<K, V>,
  both: (left: V, right: V) => V = (first) => first,
): Work<United<K, V>> {
  if (right.size === 0 || left.size === 0)
    return { left, right, output: right.size === 0 ? left : right };
  const before = previous ?? { left, right: empty<K, V>(), output: left };
  if (before.left === left && before.right === right) return before;
  const changes = [...diff(before.left, left), ...diff(before.right, right)];
  const edits = yield* workEach(changes, ({ key }) => {
    const [one, other] = [get(left, key), get(right, key)];
    return editOf(
      key,
      one === undefined || other === undefined ? (one ?? other) : both(one, other),
    );
  });
  return { left, right, output: yield* settledWork(before.output, edits, latest<V>(equal)) };
}

/** The state of a `unionOf`: that of each `union`, and all together. */
export interface UnitedAll<K extends string, V> {
  readonly unions: readonly United<K, V>[];
  readonly output: Collection<K, V>;
}

/** All entries of any number of collections, joined one after the other as `union` joins two. */
export function* unionOf<K extends string, V>(
  previous: UnitedAll<K, V> | undefined,
  collections: readonly Collection<K, V>[],
  both?: (left: V, right: V) => V,
): Work<UnitedAll<K, V>> {
  const [first = empty<K, V>(), ...others] = collections;
  const unions: United<K, V>[] = [];
  let output = first;
  for (const [i, right] of others.entries()) {
    const united = yield* union(previous?.unions[i], output, right, both);
    unions.push(united);
    output = united.output;
  }
  return { unions, output };
}
