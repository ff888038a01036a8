import { empty, type Collection } from '../../src/collection/collection.ts';
import { diff } from '../../src/collection/diff.ts';

/** Counts the ticks of a clock until what failed should be tried again. */
interface RetryPace<K extends string> {
  /** To be called at every tick; after `true` nothing is due until that try is over. */
  readonly isDue: () => boolean;
  /** What is failing now, and whether this is the outcome of a try. */
  readonly noted: (failing: Collection<K, true>, wasTried: boolean) => void;
}

/**
 * Due one tick after something new fails, then after twice as many ticks each time, up to `most`.
 */
export const retryPace = <K extends string>(most: number): RetryPace<K> => {
  let failing: Collection<K, true> = empty();
  let isTrying = false;
  let wait = 1;
  let left = wait;
  return {
    isDue: () => {
      if (isTrying || failing.size === 0) return false;
      left -= 1;
      isTrying = left <= 0;
      return isTrying;
    },
    noted: (now, wasTried) => {
      const isNew = diff(failing, now).some(({ before }) => before === undefined);
      failing = now;
      if (isNew) wait = left = 1;
      else if (wasTried) wait = left = Math.min(most, wait * 2);
      if (wasTried) isTrying = false;
    },
  };
};
