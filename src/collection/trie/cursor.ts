import { branchAt, firstKey, keyAt, valueAt, type Branch } from './branch.ts';

/** Walks over the entries of a trie in their order, one `next` at a time. */
export class Cursor<K extends string, V> {
  readonly #above: { readonly branch: Branch<K, V>; readonly at: number }[] = [];
  #branch: Branch<K, V>;
  #at = firstKey - 2;

  constructor(root: Branch<K, V>) {
    this.#branch = root;
  }

  /** The key of the current entry. */
  get key(): K {
    return keyAt(this.#branch, this.#at) as K;
  }

  /** The value of the current entry. */
  get value(): V {
    return valueAt(this.#branch, this.#at);
  }

  /** Goes to the next entry; returns whether there is one. */
  next(): boolean {
    for (;;) {
      this.#at += 2;
      if (this.#at >= this.#branch.length) {
        const back = this.#above.pop();
        if (back === undefined) return false;
        this.#branch = back.branch;
        this.#at = back.at;
      } else if (keyAt(this.#branch, this.#at) === undefined) {
        this.#above.push({ branch: this.#branch, at: this.#at });
        this.#branch = branchAt(this.#branch, this.#at);
        this.#at = firstKey - 2;
      } else return true;
    }
  }
}
