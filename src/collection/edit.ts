import { hashOf } from './hash.ts';

/** What becomes of one key: its value, or its removal for `undefined`. */
export class Edit<K extends string, V> {
  readonly key: K;
  readonly value: V | undefined;
  #hash: number | undefined;

  constructor(key: K, value: V | undefined) {
    this.key = key;
    this.value = value;
  }

  /** The hash of the key, once somebody asks; as an integer that takes no memory of its own. */
  get hash(): number {
    this.#hash ??= hashOf(this.key) | 0;
    return this.#hash;
  }
}

/** An edit of a key. */
export const editOf = <K extends string, V>(key: K, value: V | undefined): Edit<K, V> =>
  new Edit(key, value);

/** Some edits, in order. */
export type Edits<K extends string, E> = readonly Edit<K, E>[];

/**
 * The value of a key after all edits that are about it, or `undefined` for none; the present value
 * itself when nothing changes.
 */
export type Settle<V, E> = (present: V | undefined, edits: Edits<string, E>) => V | undefined;

/** Of several edits of a key the last one counts; a value that is the same as the present one stays. */
export const latest =
  <V>(same: (present: V, wanted: V) => boolean): Settle<V, V> =>
  (present, edits) => {
    const value = edits.at(-1)?.value;
    return present !== undefined && value !== undefined && same(present, value) ? present : value;
  };

/** What the values of some edits are, where none of them removes. */
export const valuesOf = <E>(edits: Edits<string, E>): readonly E[] =>
  edits.map(({ value }) => value as E);
