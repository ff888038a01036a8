import type { Logger } from 'pino';

import type { Reflected } from '../kube/reflected.ts';

/** Says in the log, once for all kinds, that the API server cannot be reached and that it can again. */
export const reachability = (log: Logger, server: string) => {
  const unreachable = new Set<string>();
  return (kind: string, reflected: Reflected<unknown>): void => {
    const isOut = reflected._tag === 'Interrupted' && reflected.cause === 'Unreachable';
    if (isOut) {
      if (unreachable.size === 0)
        log.warn(
          `the API server ${server} cannot be read: ${reflected.message}; ` +
            'what was read last keeps serving',
        );
      unreachable.add(kind);
    } else if (unreachable.delete(kind) && unreachable.size === 0)
      log.info(`the API server ${server} can be read again`);
  };
};
