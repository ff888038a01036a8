import type { ApiFault } from './api-fault.ts';

/** What is observed in an attempt to read a kind; each of the last four ends the attempt. */
export type Observed<A> =
  | Signal<'Opened'>
  | Listed<A>
  | News<A>
  | Confirmed
  | Signal<'Closed'>
  | Signal<'Silent'>
  | Faulty<'Broken'>
  | Faulty<'Failed'>;

/**
 * `Opened`: the watch was accepted. `Closed`: the server ended it. `Silent`: nothing came for so
 * long that the connection may be dead.
 */
interface Signal<N extends 'Opened' | 'Closed' | 'Silent'> {
  readonly _tag: N;
}

/** A list is complete. */
export interface Listed<A> {
  readonly _tag: 'Listed';
  readonly items: readonly A[];
  readonly resourceVersion: string;
}

/** A watch said something. */
export type News<A> = Change<A> | Bookmarked;

/** An object was created, changed or deleted. */
interface Change<A> {
  readonly _tag: 'Upserted' | 'Removed';
  readonly item: A;
  readonly resourceVersion: string;
}

interface Bookmarked {
  readonly _tag: 'Bookmarked';
  readonly resourceVersion: string;
}

/** The latest version that the server has. */
interface Confirmed {
  readonly _tag: 'Confirmed';
  readonly resourceVersion: string;
}

/** `Broken`: the server said within a watch that it cannot go on. `Failed`: any other failure. */
interface Faulty<N extends 'Broken' | 'Failed'> {
  readonly _tag: N;
  readonly fault: ApiFault;
}

/** When something is observed, and a number in [0, 1) that spreads what many do at once. */
export interface Moment {
  readonly now: number;
  readonly roll: number;
}
