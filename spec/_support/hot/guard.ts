import type { IncomingHttpHeaders } from 'node:http';

import type { Asking } from './lines.ts';
import { numberHeader, type Counts } from './tally.ts';

/** Who keeps requests out in every state of some editors. */
export interface Guard {
  /** What a request says that is to pass. */
  readonly credentials: Readonly<Record<string, string>>;
  /** What one says that is to be kept out, and the status with which it is. */
  readonly intruder: {
    readonly headers: Readonly<Record<string, string>>;
    readonly status: number;
  };
  /** Whether a request was let pass, by what its back end sees of it. */
  readonly hasLetPass: (headers: IncomingHttpHeaders) => boolean;
}

/** Looks at each request that reaches a back end, but for those sent while nothing guarded. */
export const watchGuard = (guard: Guard, counts: Counts) => {
  let isOpen = false;
  let from = 0;
  const isGuarded = (number: number): boolean => !isOpen && number >= from;
  return {
    /** From now on nothing guards. */
    open: (): void => {
      isOpen = true;
    },
    /** Requests that are sent from now on are guarded again. */
    close: (): void => {
      if (isOpen) from = counts.newest() + 1;
      isOpen = false;
    },
    /** To be told of the headers of each request that reaches a back end. */
    reached: (headers: IncomingHttpHeaders): void => {
      const number = Number(headers[numberHeader] ?? 0);
      if (guard.hasLetPass(headers) || !isGuarded(number)) return;
      counts.now().unguarded.push(`request ${number}: ${JSON.stringify(headers)}`);
    },
    /** What somebody asks who is to be kept out. */
    intruder: (host: string): Asking => ({
      host,
      headers: guard.intruder.headers,
      expects: (status, number) => status === guard.intruder.status || !isGuarded(number),
    }),
  };
};
