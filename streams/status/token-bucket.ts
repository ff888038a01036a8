import type { TimestampProvider } from 'rxjs';

/** At most `perSecond` in the long run, and `burst` at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Hands out permissions at a rate. */
interface TokenBucket {
  /** Takes one token, and tells how many milliseconds to wait until it is there. */
  readonly take: () => number;
  /** Takes one token if it is there. */
  readonly tryTake: () => boolean;
  /** Gives back one that was not needed. */
  readonly giveBack: () => void;
}

/** A full bucket; a clock that jumps back adds no tokens and takes none away. */
export const tokenBucket = ({ perSecond, burst }: Rate, clock: TimestampProvider): TokenBucket => {
  let tokens = burst;
  let at = clock.now();
  const refill = (): void => {
    const now = clock.now();
    tokens = Math.min(burst, tokens + (Math.max(0, now - at) / 1000) * perSecond);
    at = now;
  };
  return {
    take: () => {
      refill();
      tokens -= 1;
      return Math.max(0, Math.ceil((-tokens / perSecond) * 1000));
    },
    tryTake: () => {
      refill();
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
    giveBack: () => {
      tokens += 1;
    },
  };
};
