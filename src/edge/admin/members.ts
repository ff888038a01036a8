/**
 * The members of an object that are shown one by one; the object itself would be too large to make.
 */
export class Members {
  readonly entries: Iterable<readonly [string, unknown]>;

  constructor(entries: Iterable<readonly [string, unknown]>) {
    this.entries = entries;
  }
}
