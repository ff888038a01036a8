import { defer, filter, type MonoTypeOperatorFunction } from 'rxjs';

import type { ObjectKey } from '../../src/ir/object-ref.ts';
import type { Reflected } from '../../src/kube/reflect/reflected.ts';

/** An object as it came; between two with the same stamp its owner changed nothing. */
export interface Stamped {
  readonly key: ObjectKey;
  /** Absent if nothing tells what the owner changed. */
  readonly stamp?: string;
}

/**
 * Drops an object that comes again although its owner changed nothing: the echo of a status.
 *
 *     in      -S--a--b--a'-|     a = a's status was written, a' = its owner changed it
 *             -S-----b--a'-|
 *
 * Order is kept. Memory is one stamp an object. Completion and errors pass.
 */
export const withoutEchoes = <A extends Stamped>(): MonoTypeOperatorFunction<Reflected<A>> => {
  return (reflected$) =>
    defer(() => {
      const stamps = new Map<ObjectKey, string>();
      const noted = ({ key, stamp }: A): void => {
        if (stamp !== undefined) stamps.set(key, stamp);
      };
      return reflected$.pipe(
        filter((reflected) => {
          switch (reflected._tag) {
            case 'Synced':
              stamps.clear();
              reflected.items.forEach(noted);
              return true;
            case 'Upserted': {
              const { key, stamp } = reflected.item;
              const isEcho = stamp !== undefined && stamps.get(key) === stamp;
              noted(reflected.item);
              return !isEcho;
            }
            case 'Removed':
              stamps.delete(reflected.item.key);
              return true;
            case 'Interrupted':
            case 'Restored':
              return true;
          }
        }),
      );
    });
};
