/** What a list-watch says about all objects of a kind; `A` is what was made of an object. */
export type Reflected<A> = Synced<A> | Upserted<A> | Removed<A> | Interrupted | Restored;

/** Everything there is, at one moment: replaces what was said before. */
interface Synced<A> {
  readonly _tag: 'Synced';
  readonly items: readonly A[];
}

/** One object was created or changed; it may be said twice. */
interface Upserted<A> {
  readonly _tag: 'Upserted';
  readonly item: A;
}

/** One object is gone; `item` is how it was last. */
interface Removed<A> {
  readonly _tag: 'Removed';
  readonly item: A;
}

/** Nothing can be read for now, for longer than a moment; what was said before still stands. */
export interface Interrupted {
  readonly _tag: 'Interrupted';
  readonly cause: Cause;
  readonly message: string;
}

/** It can be read again. */
interface Restored {
  readonly _tag: 'Restored';
}

/** Why nothing can be read: the kind does not exist, we may not read it, or anything else. */
export type Cause = 'NotInstalled' | 'Forbidden' | 'Unreachable';
