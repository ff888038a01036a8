import {
  defer,
  expand,
  map,
  reduce,
  take,
  EMPTY,
  type Observable,
  type ObservableInput,
} from 'rxjs';

import type { ListPage } from '../../src/kube/reflect/list-page.ts';
import type { Observed } from '../../src/kube/reflect/observed.ts';

/** A list call: one page of all objects of a kind, as they are now. */
interface ListCall {
  readonly limit: number;
  /** Where the page before this one ended. */
  readonly continue?: string;
}

/** The port to list calls; an error of it is an `ApiFault`. */
export interface ListApi {
  readonly list: (call: ListCall) => ObservableInput<ListPage>;
}

/**
 * Reads a list page by page. A source.
 *
 *     pages     -a-b-c|
 *     result    -----(x|)     x = Listed with everything in a, b and c
 *
 * Each object is projected when its page comes, so that at most one page is held as it came. Errors
 * pass: half a list is worth nothing, and its continue token may have expired.
 */
export const readList = <A>(
  api: ListApi,
  project: (object: unknown) => A,
  limit = 500,
): Observable<Observed<A>> =>
  defer(() => api.list({ limit })).pipe(
    expand((page) =>
      page.continue === undefined ? EMPTY : api.list({ limit, continue: page.continue }),
    ),
    reduce<ListPage, { items: A[]; resourceVersion: string }>(
      ({ items }, page) => {
        for (const object of page.items) items.push(project(object));
        return { items, resourceVersion: page.resourceVersion };
      },
      { items: [], resourceVersion: '' },
    ),
    map((list) => ({ _tag: 'Listed', ...list })),
  );

/** Asks which resource version is the latest; the smallest list says it. */
export const readLatest = ({ list }: ListApi): Observable<Observed<never>> =>
  defer(() => list({ limit: 1 })).pipe(
    take(1),
    map(({ resourceVersion }) => ({ _tag: 'Confirmed', resourceVersion })),
  );
