import {
  asyncScheduler,
  connect,
  defer,
  endWith,
  filter,
  from,
  ignoreElements,
  interval,
  map,
  merge,
  mergeMap,
  mergeScan,
  of,
  takeUntil,
  tap,
  toArray,
  type Observable,
  type ObservableInput,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import { keys } from '../../src/collection/collection.ts';
import type { ObjectKey } from '../../src/ir/object-ref.ts';
import type { Host } from '../../src/kube/emissary/host.ts';
import type { KubeEvent } from '../../src/kube/kube-event.ts';
import {
  heard,
  isDue,
  noSecrets,
  received,
  type SecretErrand,
  type SecretNotice,
  type SecretReading,
  type WantedSecrets,
} from '../../src/kube/reference/referenced-objects.ts';
import { retryPace } from './retry-pace.ts';

/** The port to single Secrets, and whose references count. */
export interface SecretSource {
  /** Reads one Secret; answers once and does not fail. */
  readonly read: (key: ObjectKey) => ObservableInput<SecretReading>;
  readonly isOurs: (host: Host) => boolean;
  /** A Secret that is wanted though no Host refers to it. */
  readonly always: ObjectKey;
}

/**
 * Adds the Secrets that Hosts refer to, and no others: what nobody refers to is never fetched.
 *
 *     in      -n--h------g---|      n = names of Secrets, h = Hosts listed, g = Host with a new one
 *     read        r--|   r-|
 *     out     -------(lh)--(sg|)    l = Secrets listed, s = the Secret
 *
 * A Host passes together with its Secret, so it is never seen without. What comes during a read
 * waits for it. What could not be read passes as a problem and is tried again: after a second, since
 * an API server that starts refuses what it allows a moment later, then ever more rarely. Nothing waits
 * for that; what it gave counts unless others were read or failed in the meantime. Completion and errors
 * pass.
 *
 * `mergeScan` with one at a time: order is kept.
 */
export const referencedSecrets =
  (
    { read, isOurs, always }: SecretSource,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<readonly (KubeEvent | SecretNotice)[], readonly KubeEvent[]> =>
  (news$) =>
    defer(() => {
      const learned = heard(isOurs);
      const pace = retryPace<ObjectKey>(mostSeconds);
      let failing = noSecrets(always).unreadable;
      const fetched = (errand: SecretErrand): Observable<SecretErrand> => {
        if (errand.toRead.length === 0 && !isDue(errand.secrets)) return of(errand);
        return from(errand.toRead).pipe(
          mergeMap(read, atOnce),
          toArray(),
          map((readings) => ({ ...received(errand, readings), toRead: [] })),
        );
      };
      const tried = (): Observable<Retry> => {
        const before = failing;
        return from(keys(before)).pipe(
          mergeMap(read, atOnce),
          toArray(),
          map((readings) => ({ _tag: 'Retry', failing: before, readings })),
        );
      };
      return news$.pipe(
        connect((shared$) => {
          const ended$ = shared$.pipe(ignoreElements(), endWith(undefined));
          const retried$ = interval(1000, scheduler).pipe(
            filter(pace.isDue),
            mergeMap(tried),
            takeUntil(ended$),
          );
          return merge(shared$, retried$);
        }),
        mergeScan(
          ({ secrets }: SecretErrand, news) =>
            ('_tag' in news ? of(afterRetry(secrets, news)) : fetched(learned(secrets, news))).pipe(
              tap(({ secrets: { unreadable } }) => {
                failing = unreadable;
                pace.noted(unreadable, '_tag' in news);
              }),
            ),
          { secrets: noSecrets(always), toRead: [], events: [] },
          1,
        ),
        map(({ events }) => events),
        filter((events) => events.length > 0),
      );
    });

/** So many Secrets are read at a time. */
const atOnce = 8;

/** What was read again, and what could not be read when that began. */
interface Retry {
  readonly _tag: 'Retry';
  readonly failing: WantedSecrets['unreadable'];
  readonly readings: readonly SecretReading[];
}

const afterRetry = (secrets: WantedSecrets, { failing, readings }: Retry): SecretErrand => {
  const errand: SecretErrand = { secrets, toRead: [], events: [] };
  return secrets.unreadable === failing ? { ...errand, ...received(errand, readings) } : errand;
};

/** The most seconds until what could not be read is tried again. */
const mostSeconds = 30;
