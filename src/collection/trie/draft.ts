import { sameItems } from '../same-items.ts';
import { firstKey, holdsOne, type Branch, type Cell } from './branch.ts';

/** A branch under construction, which is filled bit by bit from the lowest. */
export class Draft<K extends string, V> {
  readonly #cells: Cell<K, V>[] = [0];
  #bitmap = 0;

  /** Adds an entry. */
  entry(bit: number, key: K, value: V): void {
    this.#bitmap |= bit;
    this.#cells.push(key, value);
  }

  /** Adds what a branch holds at a place. */
  copy(bit: number, branch: Branch<K, V>, at: number): void {
    this.#bitmap |= bit;
    this.#cells.push(branch[at], branch[at + 1]);
  }

  /** Adds a branch; if it has only one entry, adds that instead, and nothing if it has none. */
  branch(bit: number, branch: Branch<K, V>): void {
    if (holdsOne(branch)) this.copy(bit, branch, firstKey);
    else if (branch.length > firstKey) {
      this.#bitmap |= bit;
      this.#cells.push(undefined, branch);
    }
  }

  /** The finished branch; one of the former ones if that holds the same. */
  done(...former: readonly Branch<K, V>[]): Branch<K, V> {
    const cells = this.#cells;
    cells[0] = this.#bitmap;
    for (const one of former) if (sameItems(cells, one)) return one;
    // A copy, because a list that grew keeps room to grow further.
    return cells.slice() as unknown as Branch<K, V>;
  }
}
