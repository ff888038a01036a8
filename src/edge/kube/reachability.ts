import type { Logger } from 'pino';

import type { Reflected } from '../../kube/reflect/reflected.ts';

/**
 * Logs, once for all kinds, that the API server cannot be reached, and that it can be reached
 * again.
 *
 * It also logs for each kind that we may not read it, if it has never been read: nothing is
 * published before that, so no list of problems says it either.
 */
export const reachability = (log: Logger, server: string) => {
  const unreachable = new Set<string>();
  const read = new Set<string>();
  return (kind: string, reflected: Reflected<unknown>): void => {
    const interrupted = reflected._tag === 'Interrupted' ? reflected : undefined;
    if (reflected._tag === 'Synced') read.add(kind);
    if (interrupted?.cause === 'Forbidden' && !read.has(kind))
      log.warn(
        `${kind}: ${interrupted.message}; nothing is configured until they can be read${advice(kind, interrupted.message)}`,
      );
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

/** How to ask for the right, with `kubectl`; the message of the API server says who asked for what. */
const advice = (kind: string, message: string): string => {
  const [, user] = /User "([^"]+)" cannot /.exec(message) ?? [];
  const [, namespace] = /in the namespace "([^"]+)"/.exec(message) ?? [];
  if (user === undefined) return '';
  const where = namespace === undefined ? '--all-namespaces' : `--namespace=${namespace}`;
  return `; to look at the right: kubectl auth can-i list ${kind} --as=${user} ${where}`;
};
