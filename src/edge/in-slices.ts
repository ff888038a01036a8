import { setImmediate as turn } from 'node:timers/promises';

/** Does something with each item of many; every few milliseconds the event loop is free for all else. */
export const inSlices = async <A>(items: Iterable<A>, visit: (item: A) => void): Promise<void> => {
  let since = performance.now();
  let visited = 0;
  for (const item of items) {
    visit(item);
    visited += 1;
    if (visited % atOnce !== 0 || performance.now() - since < longest) continue;
    await turn();
    since = performance.now();
  }
};

/** For how many milliseconds items are visited at a time. */
const longest = 2;

/** After so many items the clock is looked at. */
const atOnce = 16;
