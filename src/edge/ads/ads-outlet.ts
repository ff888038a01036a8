import type { AdsCall } from './ads-call.ts';

/** Writes the responses of one stream, in order. */
interface AdsOutlet {
  /** Writes a message; its bytes are not made before there is room for them. */
  readonly send: (message: () => Buffer) => void;
}

/**
 * Writes messages as fast as the other end takes them.
 *
 * Of the messages that wait for a slow Envoy only the first are bytes; the others are resources,
 * which all streams share. So an Envoy that takes nothing costs next to no memory.
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
