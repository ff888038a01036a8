import { equal } from '../collection/equal.ts';
import type { Endpoint } from '../ir/endpoints.ts';

/** How far we got in following one service, and what is known of it. */
export interface FollowedService {
  /** What the next question waits for to change; 0: it is answered at once. */
  readonly index: number;
  /** The time until the next question, in milliseconds. */
  readonly delay: number;
  /** Failures since the last answer. */
  readonly failures: number;
  /** The instances that serve; absent before the first answer. */
  readonly endpoints?: readonly Endpoint[];
  readonly trouble?: Trouble | undefined;
}

/** What is wrong, and since when. */
interface Trouble {
  readonly cause: string;
  /** In milliseconds since the epoch. */
  readonly since: number;
}

/** The outcome of one question. */
export type Outcome =
  | {
      readonly _tag: 'Answered';
      /** `X-Consul-Index`; absent where the answer has none. */
      readonly index?: number;
      readonly endpoints: readonly Endpoint[];
    }
  | { readonly _tag: 'Failed'; readonly cause: string };

/** The time of an outcome, in milliseconds since the epoch, and a random number in [0, 1). */
interface Moment {
  readonly now: number;
  readonly roll: number;
}

/** Before the first question. */
export const unasked: FollowedService = { index: 0, delay: 0, failures: 0 };

/**
 * Advances by the outcome of a question.
 *
 * An index that is lower than the one before is of another history (Consul, "Blocking queries": reset the index
 * to 0), and so may be all after a failure: the next question does not wait.
 */
export const afterOutcome = (
  before: FollowedService,
  outcome: Outcome,
  { now, roll }: Moment,
): FollowedService => {
  if (outcome._tag === 'Failed') {
    const failures = before.failures + 1;
    const { trouble = { cause: outcome.cause, since: now } } = before;
    return {
      ...before,
      ...{ index: 0, failures, delay: waitAfter(failures, roll) },
      trouble: trouble.cause === outcome.cause ? trouble : { ...trouble, cause: outcome.cause },
    };
  }
  const index = Math.max(1, outcome.index ?? 0);
  const endpoints = equal(before.endpoints, outcome.endpoints)
    ? before.endpoints
    : outcome.endpoints;
  return {
    index: index < before.index ? 0 : index,
    delay: pause,
    failures: 0,
    ...(endpoints !== undefined && { endpoints }),
  };
};

/** Between two questions: an agent that answers everything at once is not asked without end. */
const pause = 100;

/** The lowest and the highest upper limit of a wait after a failure, in milliseconds. */
const shortest = 500;
const longest = 30_000;

/** Full jitter: any time up to a limit, which doubles with each failure; never none. */
const waitAfter = (failures: number, roll: number): number =>
  pause + roll * Math.min(longest, shortest * 2 ** (failures - 1));
