import {
  asyncScheduler,
  connect,
  defer,
  endWith,
  filter,
  ignoreElements,
  interval,
  map,
  merge,
  takeUntil,
  type MonoTypeOperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import type { KubeEvent } from '../src/kube/kube-event.ts';
import {
  datedAfter,
  datedAt,
  noCertificates,
  type DatedCertificates,
} from '../src/kube/secret/certificate-dates.ts';

/**
 * Adds what the dates of certificates mean at the time: which have expired, or soon will, or are not valid yet.
 *
 *     in      -s-----------r---|     s = a Secret, r = the same with a renewed certificate
 *     out     -s-----e-----R---|     e = it has expired, R = r, and that the word of it is taken back
 *
 * What is said of a Secret passes together with it. `now` is the time of day; it is looked at once a minute, so a
 * certificate that expires is noticed within one, also after the clock was set or the machine slept. In between
 * this costs a comparison. Groups pass in order and none is lost; completion ends it, and errors pass.
 */
export const datedCertificates =
  (
    now: () => number,
    scheduler: SchedulerLike = asyncScheduler,
  ): MonoTypeOperatorFunction<readonly KubeEvent[]> =>
  (groups$) =>
    defer(() => {
      let dated: DatedCertificates = noCertificates;
      const after = (events: readonly KubeEvent[]): readonly KubeEvent[] => {
        const step = datedAfter(dated, events, now());
        ({ dated } = step);
        return step.said.length === 0 ? events : [...events, ...step.said];
      };
      const later = (): readonly KubeEvent[] => {
        const step = datedAt(dated, now());
        ({ dated } = step);
        return step.said;
      };
      return groups$.pipe(
        connect((shared$) =>
          merge(
            shared$.pipe(map(after)),
            interval(minute, scheduler).pipe(
              takeUntil(shared$.pipe(ignoreElements(), endWith(undefined))),
              map(later),
              filter((said) => said.length > 0),
            ),
          ),
        ),
      );
    });

const minute = 60_000;
