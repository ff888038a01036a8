import { firstKey, holdsOne, type Branch, type Cell } from './branch.ts';

/**
 * Branches under construction, one below the other; each is filled bit by bit from the lowest.
 *
 * They are made in one list. A finished branch is copied out of it, so that it takes no memory but
 * its own.
 */
export class DraftStack<K extends string, V> {
  readonly #cells: Cell<K, V>[] = [];
  /** Where each branch begins that waits for one below it. */
  readonly #starts: number[] = [];
  #start = 0;
  #end = 0;

  /** Begins a branch; the current one waits for it. */
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

  /** Adds a branch; if it has only one entry, adds that instead, and nothing if it has none. */
  branch(bit: number, branch: Branch<K, V>): void {
    if (holdsOne(branch)) this.copy(bit, branch, firstKey);
    else if (branch.length > firstKey) this.#add(bit, undefined, branch);
  }

  /** Ends the current branch and returns it; returns `former` if that holds the same. */
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
