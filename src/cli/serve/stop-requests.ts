import type { Logger } from 'pino';

import { isHangupIgnored } from '../../edge/process/ignored-hangup.ts';

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

/**
 * Listens for SIGINT and SIGTERM; and for SIGHUP, which comes when a terminal is closed, unless whoever started this
 * process had it ignored (`nohup`). Nobody would be left to stop Envoy.
 */
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
  const signals: readonly NodeJS.Signals[] = [
    ...(['SIGINT', 'SIGTERM'] as const),
    ...(isHangupIgnored() ? [] : (['SIGHUP'] as const)),
  ];
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
