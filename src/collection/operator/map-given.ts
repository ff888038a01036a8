import { empty, type Collection } from '../collection.ts';
import { equal } from '../equal.ts';
import type { Work } from '../work.ts';
import { mapEach, type Mapped } from './map-each.ts';

/** The state of a `mapGiven`: also the value for which its output was computed. */
export interface MappedGiven<K extends string, A, G, B> extends Mapped<K, A, B> {
  readonly given: G | undefined;
}

/**
 * As `mapEach`, with one value that counts for all entries: when another one is given, everything is computed
 * anew. As long as none is given there are no entries, and nobody looks at the input, however it changes.
 */
export const mapGiven = <K extends string, A, G, B>(
  f: (value: A, key: K, given: G) => B | undefined,
) =>
  function* (
    previous: MappedGiven<K, A, G, B> | undefined,
    input: Collection<K, A>,
    given: G | undefined,
  ): Work<MappedGiven<K, A, G, B>> {
    if (given === undefined) {
      const output = previous?.output.size === 0 ? previous.output : empty<K, B>();
      return { operator: 'mapEach', input, given, output };
    }
    const each = mapEach((value: A, key: K) => f(value, key, given));
    const before = equal(previous?.given, given) ? previous : undefined;
    return { ...(yield* each(before, input)), given };
  };
