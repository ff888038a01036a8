import type { Logger } from 'pino';

/** What the user wants by Ctrl-C: first an orderly end, then an immediate one. */
export interface StopRequests {
  /** Settles at the first request. */
  readonly asked: Promise<void>;
  /** Aborted at the first request. */
  readonly orderly: AbortSignal;
  /** Aborted at the second. */
  readonly immediate: AbortSignal;
  readonly release: () => void;
}

/** Listens for SIGINT and SIGTERM. */
export const stopRequests = (log: Logger): StopRequests => {
  const orderly = new AbortController();
  const immediate = new AbortController();
  const heard = (signal: NodeJS.Signals): void => {
    if (orderly.signal.aborted) immediate.abort();
    else {
      log.info(`${signal}: stopping; once more stops at once`);
      orderly.abort();
    }
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, heard);
  return {
    asked: new Promise((resolve) => {
      orderly.signal.addEventListener('abort', () => resolve());
    }),
    orderly: orderly.signal,
    immediate: immediate.signal,
    release: () => {
      for (const signal of signals) process.off(signal, heard);
    },
  };
};
