import {
  asyncScheduler,
  debounce,
  defer,
  of,
  tap,
  timer,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import { has, values } from '../../src/collection/collection.ts';
import { isConsulService } from '../../src/ir/endpoints.ts';
import type { Published } from '../../src/plane/published.ts';

/** How long the start waits for Consul at most, in milliseconds. */
export const longestStart = 10_000;

/** What of a publication says whether Consul has answered. */
export interface Asking {
  readonly translation: { readonly ir: Pick<Published['translation']['ir'], 'endpoints'> };
  readonly store: Pick<Published['store'], 'consul'>;
}

/**
 * Holds back what is published at the start until Consul has answered about every service that is asked for, or for a few
 * seconds: an Envoy that outlived its control plane has endpoints, and would lose them by a publication without.
 *
 *     published   -a--b--c--d-     a, b and c ask for a service, and it is answered before c
 *     result      -------c--d-
 *
 * Afterwards, and where nothing is asked, everything passes at once. When it has waited long enough, the newest passes.
 * Completion passes, with what is held back before it; so do errors.
 */
export const firstAnswers =
  <P extends Asking>(scheduler: SchedulerLike = asyncScheduler): MonoTypeOperatorFunction<P> =>
  (published$) =>
    defer(() => {
      let end: number | undefined;
      let isOver = false;
      return published$.pipe(
        debounce((published) => {
          end ??= scheduler.now() + longestStart;
          return isOver || isAnswered(published)
            ? of(undefined)
            : timer(Math.max(0, end - scheduler.now()), scheduler);
        }),
        tap(() => {
          isOver = true;
        }),
      );
    });

const isAnswered = ({ translation: { ir }, store }: Asking): boolean => {
  for (const { name, asked } of values(ir.endpoints))
    if (asked !== undefined && isConsulService(name) && !has(store.consul, name)) return false;
  return true;
};
