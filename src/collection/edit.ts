import { hashOf } from './hash.ts';

/** Sets the value of one key, or removes the key if the value is `undefined`. */
export class Edit<K extends string, V> {
  readonly key: K;
  readonly value: V | undefined;
  #hash: number | undefined;

  constructor(key: K, value: V | undefined) {
    this.key = key;
    this.value = value;
  }

  /**
   * The hash of the key, computed on first use; as a signed integer it takes no memory of its own.
   */
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
 * Computes the value of a key from its present value and all its edits; `undefined` means no entry.
 * When nothing changes, it returns the present value itself.
 */
export type Settle<V, E> = (present: V | undefined, edits: Edits<string, E>) => V | undefined;

/** The last edit of a key counts; the present value stays if the new one is the same. */
export const latest =
  <V>(same: (present: V, wanted: V) => boolean): Settle<V, V> =>
  (present, edits) => {
    const value = edits.at(-1)?.value;
    return present !== undefined && value !== undefined && same(present, value) ? present : value;
  };

/** The values of edits, none of which is a removal. */
export const valuesOf = <E>(edits: Edits<string, E>): readonly E[] =>
  edits.map(({ value }) => value as E);
