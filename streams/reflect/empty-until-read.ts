import { concatMap, defer, from, type MonoTypeOperatorFunction } from 'rxjs';

import type { Reflected } from '../../src/kube/reflect/reflected.ts';

/**
 * A kind that need not be readable: as long as it may not be read, and never could, there is none of it.
 *
 *     in      -f----S--f-|     f = it may not be read, S = it is listed
 *     out     -(0f)-S--f-|     0 = an empty list
 *
 * What was read stays when it may not be read any more. Order is kept; completion and errors pass.
 */
export const emptyUntilRead = <A>(): MonoTypeOperatorFunction<Reflected<A>> => {
  return (reflected$) =>
    defer(() => {
      let isListed = false;
      return reflected$.pipe(
        concatMap((reflected) => {
          const isForbidden = reflected._tag === 'Interrupted' && reflected.cause === 'Forbidden';
          const said: Reflected<A>[] =
            isForbidden && !isListed ? [{ _tag: 'Synced', items: [] }, reflected] : [reflected];
          isListed ||= said[0]?._tag === 'Synced';
          return from(said);
        }),
      );
    });
};
