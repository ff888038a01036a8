import type { Logger } from 'pino';

import type { Reflected } from '../../kube/reflect/reflected.ts';

/**
 * Says in the log, once for all kinds, that the API server cannot be reached and that it can again.
 *
 * And for each kind that it may not be read, as long as it never was: nothing is published before it
 * is, so that no list of problems says it either.
 */
export const reachability = (log: Logger, server: string) => {
  const unreachable = new Set<string>();
  const read = new Set<string>();
  return (kind: string, reflected: Reflected<unknown>): void => {
    const interrupted = reflected._tag === 'Interrupted' ? reflected : undefined;
    if (reflected._tag === 'Synced') read.add(kind);
    if (interrupted?.cause === 'Forbidden' && !read.has(kind))
      log.warn(`${kind}: ${interrupted.message}; nothing is configured until they can be read`);
    if (interrupted?.cause === 'Unreachable') {
      if (unreachable.size === 0)
        log.warn(
          `the API server ${server} cannot be read: ${interrupted.message}; ` +
            'what was read last keeps serving',
        );
      unreachable.add(kind);
    } else if (unreachable.delete(kind) && unreachable.size === 0)
      log.info(`the API server ${server} can be read again`);
  };
};
