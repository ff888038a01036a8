import type { AdsCall } from './ads-call.ts';

/** Where the responses of one stream go out, in order. */
interface AdsOutlet {
  /** Writes a message; it is not made before there is room for it. */
  readonly send: (message: () => Buffer) => void;
}

/**
 * Writes messages as fast as the other end takes them.
 *
 * Of what waits for a slow Envoy only the beginning is bytes; the rest is resources, which are shared
 * with all others. So an Envoy that takes nothing costs next to no memory.
 */
export const adsOutlet = (call: Pick<AdsCall, 'write'>, room = 1024 * 1024): AdsOutlet => {
  const waiting: (() => Buffer)[] = [];
  let underWay = 0;

  const flush = (): void => {
    while (underWay < room) {
      const message = waiting.shift()?.();
      if (message === undefined) return;
      underWay += message.length;
      call.write(message, () => {
        underWay -= message.length;
        flush();
      });
    }
  };
  return {
    send: (message) => {
      waiting.push(message);
      flush();
    },
  };
};
