/** The members of an object that is shown and never made, because there are too many of them. */
export class Members {
  readonly entries: Iterable<readonly [string, unknown]>;

  constructor(entries: Iterable<readonly [string, unknown]>) {
    this.entries = entries;
  }
}
