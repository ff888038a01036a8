import { copyOf, empty, get, has, settledWork, type Collection } from '../collection.ts';
import { diff } from '../diff.ts';
import { editOf, latest, type Edit } from '../edit.ts';
import { equal } from '../equal.ts';
import { sameItems } from '../same-items.ts';
import { workEach, type Work } from '../work.ts';

/** The two values of a key that is in both collections. */
export interface Shared<V> {
  readonly left: V;
  readonly right: V;
}

/**
 * The state of a `union`: its last inputs, its output, and the entries whose key is in both inputs.
 */
export interface United<K extends string, V> {
  readonly operator: 'union';
  readonly left: Collection<K, V>;
  readonly right: Collection<K, V>;
  readonly output: Collection<K, V>;
  readonly shared: Collection<K, Shared<V>>;
}

/**
 * All entries of two collections, by change. The value of a key that is in both is what `both`
 * makes of the two values: by default the left one.
 *
 * An empty side costs nothing: the output shares all of the other side. Otherwise the output is made
 * from the larger side, and shares each of its subtrees in which the smaller side has no entry.
 */
export function* union<K extends string, V>(
  previous: United<K, V> | undefined,
  left: Collection<K, V>,
  right: Collection<K, V>,
  both: (left: V, right: V) => V = (first) => first,
): Work<United<K, V>> {
  if (previous?.left === left && previous.right === right) return previous;
  if (right.size === 0) return onlyLeft(left, right);
  if (left.size === 0) return onlyRight(left, right);
  const before =
    previous ??
    (left.size >= right.size ? onlyLeft(left, empty<K, V>()) : onlyRight(empty<K, V>(), right));
  const shares: Edit<K, Shared<V>>[] = [];
  const changes = [...diff(before.left, left), ...diff(before.right, right)];
  const edits = yield* workEach(changes, ({ key }) => {
    const [one, other] = [get(left, key), get(right, key)];
    if (one !== undefined && other !== undefined) {
      shares.push(editOf(key, { left: one, right: other }));
      return editOf(key, both(one, other));
    }
    if (has(before.shared, key)) shares.push(editOf<K, Shared<V>>(key, undefined));
    return editOf(key, one ?? other);
  });
  return {
    operator: 'union',
    left,
    right,
    output: yield* settledWork(before.output, edits, latest<V>(equal)),
    shared: yield* settledWork(before.shared, shares, latest<Shared<V>>(equal)),
  };
}

/** The state if the right side is empty. */
const onlyLeft = <K extends string, V>(
  left: Collection<K, V>,
  right: Collection<K, V>,
): United<K, V> => ({ operator: 'union', left, right, output: copyOf(left), shared: empty() });

/** The state if the left side is empty. */
const onlyRight = <K extends string, V>(
  left: Collection<K, V>,
  right: Collection<K, V>,
): United<K, V> => ({ operator: 'union', left, right, output: copyOf(right), shared: empty() });

/** The state of a `unionOf`: its last inputs, the state of each `union`, and the output. */
export interface UnitedAll<K extends string, V> {
  readonly operator: 'unionOf';
  readonly inputs: readonly Collection<K, V>[];
  readonly unions: readonly United<K, V>[];
  readonly output: Collection<K, V>;
}

/**
 * All entries of any number of collections: the `union` of the first two, then of the result and the third,
 * and so on. By default a key has the value of the first collection that it is in.
 */
export function* unionOf<K extends string, V>(
  previous: UnitedAll<K, V> | undefined,
  inputs: readonly Collection<K, V>[],
  both?: (left: V, right: V) => V,
): Work<UnitedAll<K, V>> {
  if (previous !== undefined && sameItems(previous.inputs, inputs)) return previous;
  const [first = empty<K, V>(), ...others] = inputs;
  const unions: United<K, V>[] = [];
  let output = others.length === 0 ? copyOf(first) : first;
  for (const [i, right] of others.entries()) {
    const united = yield* union(previous?.unions[i], output, right, both);
    unions.push(united);
    output = united.output;
  }
  return { operator: 'unionOf', inputs, unions, output };
}
