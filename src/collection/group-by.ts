import { empty, get, remove, set, type Collection } from './collection.ts';
import { diff } from './diff.ts';
import { put } from './put.ts';

/** The state of a `groupBy`: what it last read and the groups; no group is empty. */
export interface Grouped<K extends string, A, G extends string, B> {
  readonly input: Collection<K, A>;
  readonly output: Collection<G, Collection<K, B>>;
}

/**
 * One entry in, a contribution to any number of groups out, by change.
 *
 * `f` is pure and tells the groups and what the entry puts into each; in a group an entry keeps its
 * key. A group that an entry neither joins, leaves nor changes keeps its identity.
 */
export const groupBy =
  <K extends string, A, G extends string, B>(f: (value: A, key: K) => Iterable<readonly [G, B]>) =>
  (previous: Grouped<K, A, G, B> | undefined, input: Collection<K, A>): Grouped<K, A, G, B> => {
    if (previous?.input === input) return previous;
    let output: Collection<G, Collection<K, B>> = previous?.output ?? empty();
    for (const { key, before, after } of diff(previous?.input ?? empty<K, A>(), input)) {
      const joined = new Map(after === undefined ? [] : f(after, key));
      if (before !== undefined)
        for (const [group] of f(before, key))
          if (!joined.has(group)) output = withMember(output, group, key, undefined);
      for (const [group, member] of joined) output = withMember(output, group, key, member);
    }
    return { input, output };
  };

const withMember = <K extends string, G extends string, B>(
  groups: Collection<G, Collection<K, B>>,
  group: G,
  key: K,
  member: B | undefined,
): Collection<G, Collection<K, B>> => {
  const members = put(get(groups, group) ?? empty<K, B>(), key, member);
  return members.size === 0 ? remove(groups, group) : set(groups, group, members);
};
