/** A response that waits for its answer. */
export interface Pending {
  readonly nonce: string;
  readonly items: readonly Item[];
  /** The value of `taken` that its answer completes; absent when something due was left for later. */
  readonly completes?: number;
}

/** One name in a response; without a version it is a removal. */
export interface Item {
  readonly name: string;
  readonly version?: string;
  /** What was held of it before, as far as that was certain. */
  readonly before: Before;
}

/** What was held of a name; without a version, nothing was. */
export interface Before {
  readonly version?: string;
}
