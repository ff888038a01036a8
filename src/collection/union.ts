import { empty, get, type Collection } from './collection.ts';
import { diff } from './diff.ts';
import { put } from './put.ts';

/** The state of a `union`: what it last read and both together. */
export interface United<K extends string, V> {
  readonly left: Collection<K, V>;
  readonly right: Collection<K, V>;
  readonly output: Collection<K, V>;
}

/** All entries of two collections that share no key, by change. */
export const union = <K extends string, V>(
  previous: United<K, V> | undefined,
  left: Collection<K, V>,
  right: Collection<K, V>,
): United<K, V> => {
  let output = previous?.output ?? empty<K, V>();
  for (const { key } of [
    ...diff(previous?.left ?? empty<K, V>(), left),
    ...diff(previous?.right ?? empty<K, V>(), right),
  ])
    output = put(output, key, get(left, key) ?? get(right, key));
  return { left, right, output };
};
