import { settledWork, type Collection } from '../collection.ts';
import { diff } from '../diff.ts';
import { editOf, latest } from '../edit.ts';
import { equal } from '../equal.ts';
import { workEach, type Work } from '../work.ts';
import { mapEntries } from './map-entries.ts';

/** The state of a `mapEach`: its last input and output. */
export interface Mapped<K extends string, A, B> {
  readonly operator: 'mapEach';
  readonly input: Collection<K, A>;
  readonly output: Collection<K, B>;
}

/**
 * One entry in, at most one entry out, by change: `f` runs for the entries that changed only.
 *
 * `f` is pure; if it returns `undefined` there is no entry. A result equal to the former one is no
 * change, so nothing downstream is computed for it. Without a previous state everything is
 * computed; the output is the same.
 */
export const mapEach = <K extends string, A, B>(f: (value: A, key: K) => B | undefined) =>
  function* (
    previous: Mapped<K, A, B> | undefined,
    input: Collection<K, A>,
  ): Work<Mapped<K, A, B>> {
    if (previous === undefined)
      return { operator: 'mapEach', input, output: yield* mapEntries(input, f) };
    if (previous.input === input) return previous;
    const edits = yield* workEach(diff(previous.input, input), ({ key, after }) =>
      editOf(key, after === undefined ? undefined : f(after, key)),
    );
    const output = yield* settledWork(previous.output, edits, latest<B>(equal));
    return { operator: 'mapEach', input, output };
  };
