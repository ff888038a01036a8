import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';

/**
 * Writes a text of any length that is made while it is written.
 *
 * No more of it is made than the other end takes, and the event loop is free every few
 * milliseconds. If the other end is gone, the rest is not made.
 */
export const writePieces = async (to: Writable, pieces: Iterable<string>): Promise<void> => {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  to.once('close', leave);
  let [text, since] = ['', performance.now()];
  for (const piece of pieces) {
    text += piece;
    if (text.length < mostCharacters && performance.now() - since < longest) continue;
    if (!to.write(text) && !to.destroyed)
      await once(to, 'drain', { signal: gone.signal }).catch(() => undefined);
    await turn();
    if (to.destroyed) return;
    [text, since] = ['', performance.now()];
  }
  to.off('close', leave);
  to.end(text);
};

/** How much is gathered before it is written. */
const mostCharacters = 65_536;

/** For how many milliseconds pieces are made at a time. */
const longest = 5;
