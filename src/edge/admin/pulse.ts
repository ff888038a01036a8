/**
 * Tells a pipe that is stuck from one that has nothing to do.
 *
 * It beats when events arrive and rests when a batch has been handled. A source that says nothing,
 * because its API server is slow or gone, is no reason to restart anybody.
 */
export interface Pulse {
  /** Events went into the pipe, in a group; of one without any no batch is made. */
  readonly arrived: (events: readonly unknown[]) => void;
  /** A batch was taken out of it. */
  readonly handled: () => void;
  /** Why the process should be restarted, in one line; undefined when it should not. */
  readonly stuck: () => string | undefined;
}

/** What is too long, and what time it is; both in milliseconds. */
interface PulseOptions {
  readonly limit: number;
  readonly now?: () => number;
}

/** A pulse that is at rest. */
export const pulse = ({ limit, now = () => performance.now() }: PulseOptions): Pulse => {
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
