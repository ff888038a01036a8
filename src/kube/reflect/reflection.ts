import type { Cause, Reflected } from './reflected.ts';

/** How far we got in following all objects of a kind, and what to do next. */
export interface Reflection {
  /** The attempt that is under way, or that begins after `delay`. */
  readonly attempt: Attempt;
  readonly delay: number;
  /** Everything up to this version has been said; absent before the first list. */
  readonly resourceVersion?: string | undefined;
  /** Whether to ask for streaming lists: until the server shows that it does not have them. */
  readonly streams: boolean;
  /** Since when the watch under way works. */
  readonly since?: number | undefined;
  /** Failures since the last watch that lasted. */
  readonly failures: number;
  /** Watches in a row that the server closed at once and without news. */
  readonly idle: number;
  /** What is wrong now, and since when. */
  readonly trouble?: Trouble | undefined;
  /** The interruption that has been said and still lasts. */
  readonly announced?: Cause | undefined;
  /** Whether the server asked for the wait under way. */
  readonly isAsked?: boolean | undefined;
}

/**
 * `StreamingList`: a watch that begins with all objects. `PagedList`: list calls, to be followed by
 * a watch. `Confirm`: asks whether this server has reached the version we have.
 */
type Attempt = 'StreamingList' | 'PagedList' | 'Confirm' | 'Watch';

interface Trouble {
  readonly cause: Cause;
  readonly since: number;
}

/** The reflection after something was observed, and what there is to say. */
export interface Turn<A> {
  readonly reflection: Reflection;
  readonly said: readonly Reflected<A>[];
  /** Whether the attempt under way is over. */
  readonly isOver: boolean;
}

/** The reflection before anything is known. */
export const opening: Reflection = {
  attempt: 'StreamingList',
  delay: 0,
  streams: true,
  failures: 0,
  idle: 0,
};

/** Whether a wait may end early: in a long interruption, unless the server asked for the wait. */
export const mayRetrySoon = ({ announced, isAsked }: Reflection): boolean =>
  announced !== undefined && isAsked !== true;
