import { firstKey, holdsOne, type Branch, type Cell } from './branch.ts';

/**
 * The branches that are made one below the other, each bit by bit from the lowest.
 *
 * All of them are made in one list, of which the finished ones are cut, so that a branch takes no
 * memory but its own.
 */
export class DraftStack<K extends string, V> {
  readonly #cells: Cell<K, V>[] = [];
  /** Where the branch begins that is being made, for each that waits for it. */
  readonly #starts: number[] = [];
  #start = 0;
  #end = 0;

  /** Begins a branch; the one that was being made waits. */
  begin(): void {
    this.#starts.push(this.#start);
    this.#start = this.#end;
    this.#cells[this.#end] = 0;
    this.#end += 1;
  }

  /** Adds an entry. */
  entry(bit: number, key: K, value: V): void {
    this.#add(bit, key, value);
  }

  /** Adds what a branch holds at a place. */
  copy(bit: number, branch: Branch<K, V>, at: number): void {
    this.#add(bit, branch[at], branch[at + 1]);
  }

  /** Adds a branch, which gives way to its only entry, and to nothing when it has none. */
  branch(bit: number, branch: Branch<K, V>): void {
    if (holdsOne(branch)) this.copy(bit, branch, firstKey);
    else if (branch.length > firstKey) this.#add(bit, undefined, branch);
  }

  /** Ends a branch; it is the former one when it holds the same. */
  end(former: Branch<K, V>): Branch<K, V> {
    const cells = this.#cells;
    const start = this.#start;
    const end = this.#end;
    this.#end = start;
    this.#start = this.#starts.pop() ?? 0;
    if (end - start === former.length) {
      let at = 0;
      while (at < former.length && cells[start + at] === former[at]) at += 1;
      if (at === former.length) return former;
    }
    return cells.slice(start, end) as unknown as Branch<K, V>;
  }

  #add(bit: number, key: Cell<K, V>, value: Cell<K, V>): void {
    const cells = this.#cells;
    cells[this.#start] = (cells[this.#start] as number) | bit;
    cells[this.#end] = key;
    cells[this.#end + 1] = value;
    this.#end += 2;
  }
}
