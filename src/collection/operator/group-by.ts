import { empty, settledWork, withEdits, type Collection } from '../collection.ts';
import { diff } from '../diff.ts';
import { editOf, valuesOf, type Edit, type Edits } from '../edit.ts';
import { equal } from '../equal.ts';
import { workEach, type Work } from '../work.ts';

/** The state of a `groupBy`: its last input and the groups; no group is empty. */
export interface Grouped<K extends string, A, G extends string, B> {
  readonly operator: 'groupBy';
  readonly input: Collection<K, A>;
  readonly output: Collection<G, Collection<K, B>>;
}

/**
 * One entry in, a contribution to any number of groups out, by change.
 *
 * `f` is pure and returns the groups of an entry and its value in each; an entry has the same key
 * in every group. A group that an entry neither joins, leaves nor changes keeps its identity.
 */
export const groupBy = <K extends string, A, G extends string, B>(
  f: (value: A, key: K) => Iterable<readonly [G, B]>,
) =>
  function* (
    previous: Grouped<K, A, G, B> | undefined,
    input: Collection<K, A>,
  ): Work<Grouped<K, A, G, B>> {
    if (previous?.input === input) return previous;
    const edits: Edit<G, Edit<K, B>>[] = [];
    const put = (group: G, key: K, member: B | undefined) =>
      edits.push(editOf(group, editOf(key, member)));
    const changes = diff(previous?.input ?? empty<K, A>(), input);
    yield* workEach(changes, ({ key, before, after }) => {
      const joins = after === undefined ? [] : f(after, key);
      // A new entry leaves no group. When many entries changed, most of them are new.
      if (before === undefined) for (const [group, member] of joins) put(group, key, member);
      else {
        const joined = new Map(joins);
        for (const [group] of f(before, key)) if (!joined.has(group)) put(group, key, undefined);
        for (const [group, member] of joined) put(group, key, member);
      }
    });
    const before = previous?.output ?? empty<G, Collection<K, B>>();
    const output = yield* settledWork(before, edits, settleMembers<K, B>);
    return { operator: 'groupBy', input, output };
  };

const settleMembers = <K extends string, B>(
  members: Collection<K, B> | undefined,
  edits: Edits<string, Edit<K, B>>,
): Collection<K, B> | undefined => {
  const after = withEdits(members ?? empty<K, B>(), valuesOf(edits), equal);
  return after.size === 0 ? undefined : after;
};
