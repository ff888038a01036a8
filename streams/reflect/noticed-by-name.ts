import {
  connect,
  endWith,
  filter,
  from,
  groupBy,
  ignoreElements,
  merge,
  mergeMap,
  of,
  scan,
  switchMap,
  takeUntil,
  type Observable,
  type OperatorFunction,
} from 'rxjs';

import { diff } from '../../src/collection/diff.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import { followable, nothingNoticed, type Notice } from '../../src/kube/reference/notice.ts';
import { fetchedKinds, type Reference } from '../../src/kube/reference/reference.ts';
import {
  noReferences,
  referencesAfter,
  type IsOurs,
  type References,
} from '../../src/kube/reference/references.ts';

type News = readonly (KubeEvent | Notice)[];

interface ByName {
  readonly isOurs: IsOurs;
  /** Followed although no object refers to it. */
  readonly always: Reference;
  /** What is noticed of one object; it does not fail. */
  readonly follow: (reference: Reference) => Observable<News>;
}

/**
 * Adds what is noticed of the objects that others refer to, each followed by its name.
 *
 *     in      ---h------g---|      h = a Host with a Secret, g = the Host is gone
 *     follow     n---n-            n = a notice of that Secret
 *     out     k--hn--n--gu--|      k = no name is known yet, u = the Secret is not followed any more
 *
 * In place of a list of all names, none is known in the beginning: what is referred to is read in any
 * case. What comes passes at once and in order; notices of different objects have none. It completes
 * with its source, whose errors pass; unsubscribing ends everything that is followed.
 */
export const noticedByName =
  ({ isOurs, always, follow }: ByName): OperatorFunction<readonly KubeEvent[], News> =>
  (events$) =>
    events$.pipe(
      connect((shared$) => {
        const ended$ = shared$.pipe(ignoreElements(), endWith(undefined));
        const wanted$ = shared$.pipe(
          scan(turn(referencesAfter(isOurs)), { references: noReferences, wanted: [] }),
          mergeMap(({ wanted }) => from(wanted)),
          filter(({ reference }) => reference !== always),
        );
        const noticed$ = merge(of({ reference: always, isWanted: true }), wanted$).pipe(
          groupBy(({ reference }) => reference, {
            duration: (one$) => one$.pipe(filter(({ isWanted }) => !isWanted)),
          }),
          mergeMap((one$) =>
            one$.pipe(
              switchMap(({ reference, isWanted }) =>
                isWanted ? follow(reference) : of([followable(reference)]),
              ),
            ),
          ),
          takeUntil(ended$),
        );
        return merge(of(fetchedKinds.map(nothingNoticed)), shared$, noticed$);
      }),
    );

/** Whether anything refers to an object now. */
interface Wanted {
  readonly reference: Reference;
  readonly isWanted: boolean;
}

interface Turn {
  readonly references: References;
  readonly wanted: readonly Wanted[];
}

const turn =
  (learned: (before: References, events: readonly KubeEvent[]) => References) =>
  ({ references }: Turn, events: readonly KubeEvent[]): Turn => {
    const after = learned(references, events);
    const changes = diff(references.referenced.output, after.referenced.output);
    return {
      references: after,
      wanted: changes
        .filter((one) => (one.before === undefined) !== (one.after === undefined))
        .map((one) => ({ reference: one.key, isWanted: one.after !== undefined })),
    };
  };
