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
 * All entries of two collections that share no key, by change.
 *
 * It starts from the left one, so it shares all of its subtrees but those in which the right one has
 * an entry too.
 */
export function* union<K extends string, V>(
  previous: United<K, V> | undefined,
  left: Collection<K, V>,
  right: Collection<K, V>,
): Work<United<K, V>> {
  const before = previous ?? { left, right: empty<K, V>(), output: left };
  const changes = [...diff(before.left, left), ...diff(before.right, right)];
  const edits = yield* workEach(changes, ({ key }) =>
    editOf(key, get(left, key) ?? get(right, key)),
  );
  return { left, right, output: yield* settledWork(before.output, edits, latest<V>(equal)) };
}
