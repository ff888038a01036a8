/**
 * Tells a pipe that is stuck from one that has nothing to do.
 *
 * It is stuck if events arrived and no batch was handled for too long. A source that says nothing,
 * because its API server is slow or gone, is no reason to restart the process.
 */
export interface Liveness {
  /** A group of events went into the pipe; an empty group leads to no batch. */
  readonly arrived: (events: readonly unknown[]) => void;
  /** A batch is handled now. */
  readonly handled: () => void;
  /** Why the process should be restarted, in one line; undefined when it should not. */
  readonly stuck: () => string | undefined;
}

/** How long is too long, and what time it is; both in milliseconds. */
interface LivenessOptions {
  readonly limit: number;
  readonly now?: () => number;
}

/** The liveness of a pipe in which nothing waits. */
export const liveness = ({ limit, now = () => performance.now() }: LivenessOptions): Liveness => {
  let waitingSince: number | undefined;
  return {
    arrived: ({ length }) => {
      if (length > 0) waitingSince ??= now();
    },
    handled: () => {
      waitingSince = undefined;
    },
    stuck: () => {
      const waited = waitingSince === undefined ? 0 : now() - waitingSince;
      return waited < limit || waitingSince === undefined
        ? undefined
        : `events have been waiting for ${Math.floor(waited / 1000)} s and no batch was handled`;
    },
  };
};
