import { setTimeout } from 'node:timers/promises';

import type { Logger } from 'pino';
import {
  asapScheduler,
  BehaviorSubject,
  concatMap,
  filter,
  interval,
  map,
  merge,
  observeOn,
  ReplaySubject,
  Subject,
  tap,
  type Observable,
  type SchedulerLike,
} from 'rxjs';

import type { Published } from '../../plane/published.ts';
import type { AskClusters } from '../../../streams/status/cluster-sweep.ts';
import { leadership, type LeaseTimes } from '../../../streams/status/leadership.ts';
import { recentWork, type Limit } from '../../../streams/status/recent-work.ts';
import { statuses, type StatusWaits } from '../../../streams/status/statuses.ts';
import { workQueue, type WorkLimits } from '../../../streams/status/work-queue.ts';
import { keys } from '../../collection/collection.ts';
import type { Metrics } from '../../edge/admin/metrics.ts';
import type { AdsTelemetry } from '../../edge/ads/ads-telemetry.ts';
import { eventWriter, type EventLimits } from '../../edge/kube/event-writer.ts';
import type { KubeClient } from '../../edge/kube/kube-client.ts';
import { lease } from '../../edge/kube/lease.ts';
import type { StatusLedger } from '../../edge/kube/status-ledger.ts';
import { statusShapes } from '../../edge/kube/status-shapes.ts';
import { statusWriter } from '../../edge/kube/status-writer.ts';
import { messageOf } from '../../edge/message-of.ts';
import { monotonic } from '../../edge/monotonic.ts';
import { refParts, type ObjectRef } from '../../ir/object-ref.ts';
import { withBackends } from '../../status/backends/backends-condition.ts';
import { noticesOf } from '../../status/notices.ts';
import { outcomesFor, type Translated } from '../../status/outcomes.ts';
import { isFresh, newBook, outcomeIn, statusIn } from '../../status/status-book.ts';
import { conditionsIn, hasStatus, isToldByEvents, type Status } from '../../status/status.ts';
import { backendWatch, defaultBackendTimes, type BackendWatchTimes } from './backend-watch.ts';
import { ofEnvoy, ofPipe } from './status-events.ts';

/** What a status reporter needs. */
export interface StatusReporterOptions {
  readonly client: KubeClient;
  /** Where the Lease is. */
  readonly namespace: string;
  /** Different for each replica. */
  readonly identity: string;
  readonly ambassadorId: string;
  readonly published$: Observable<Published>;
  /** What happens on the ADS streams; nothing of the first stream is missing. */
  readonly telemetry$: Observable<AdsTelemetry>;
  /** What the API server holds; the source notes it. */
  readonly ledger: StatusLedger;
  readonly log: Logger;
  readonly metrics?: Pick<
    Metrics,
    'statusWritten' | 'statusPending' | 'leads' | 'backendsUnavailable'
  >;
  /** Asks the Envoy of this replica for its clusters; absent where it has none. */
  readonly askClusters?: AskClusters | undefined;
  readonly leaseName?: string;
  readonly times?: Partial<StatusReporterTimes>;
  readonly limits?: Partial<WorkLimits>;
  /** For each object: how often a status is written again that somebody else overwrites. */
  readonly repeats?: Limit;
  readonly eventLimits?: EventLimits;
  /** The clock of every wait; that of this machine if absent. */
  readonly scheduler?: SchedulerLike;
}

/** All times, in milliseconds. */
interface StatusReporterTimes extends StatusWaits, LeaseTimes, BackendWatchTimes {
  readonly leaseDuration: number;
  /** How long stopping waits until the Lease is given back. */
  readonly release: number;
  /** How long it takes until the definitions of the kinds are tried again. */
  readonly definitions: number;
}

/** Reports the status of objects until it is stopped. */
export interface StatusReporter {
  readonly leads: () => boolean;
  /** Stops writing and gives the Lease back. */
  readonly stop: () => Promise<void>;
}

/**
 * Reports what became of objects, by status and Events, as long as this replica leads.
 *
 * Nothing waits for it: whatever the API server does, Envoys get their configuration.
 */
export const startStatusReporter = (options: StatusReporterOptions): StatusReporter => {
  const { client, ledger, log, metrics, identity, scheduler = monotonic } = options;
  const times = { ...defaultTimes, ...options.times };
  const clock = (): number => Date.now();
  const shapes = statusShapes(log);
  const writer = statusWriter({ client, ledger, shapes, log, clock });
  const events = eventWriter({ client, identity, log, clock, limits: options.eventLimits });
  const ours = lease({
    client,
    identity,
    namespace: options.namespace,
    name: options.leaseName ?? 'headgate',
    duration: times.leaseDuration,
    log,
  });
  const repeats = recentWork<ObjectRef>(options.repeats ?? defaultRepeats, scheduler);
  const leads$ = new BehaviorSubject(false);
  const due$ = new Subject<readonly ObjectRef[]>();
  const translated$ = new ReplaySubject<Translated>(1);
  const watch = backendWatch({
    ...{ leads$, translated$, times, metrics, scheduler },
    ...{ namespace: options.namespace, ask: options.askClusters },
  });
  let book = newBook;

  const work = (object: ObjectRef) => {
    const outcome = outcomeIn(book, object);
    const said = statusIn(book, object);
    if (outcome === undefined || said === undefined) {
      events.forget(object);
      return undefined;
    }
    if (isFresh(book, object)) return undefined;
    const tell = (status: Status): void =>
      events.tell(object, outcome.version.uid, [...conditionsIn(status), ...noticesOf(outcome)]);
    if (!hasStatus(object)) return void tell(said);
    const isServing = outcome.serving !== 'Nothing';
    const users = isServing ? (book.sent.at(-1)?.ir.clusterUsers ?? []) : [];
    const faults = watch.availability(object, users, ledger.held(object));
    if (faults !== undefined && 'wait' in faults) return faults;
    const status = withBackends(said, faults);
    if (isToldByEvents(status)) tell(status);
    if (writer.isTold(object, status)) return undefined;
    const isRepeated = writer.isRepeated(object, status);
    const wait = isRepeated ? repeats.wait(object) : 0;
    if (wait > 0) return { wait };
    if (isRepeated) repeats.done(object);
    if (!isToldByEvents(status)) tell(status);
    return writer.write(object, status);
  };
  const all = (): readonly ObjectRef[] =>
    book.graph === undefined ? [] : [...keys(book.graph.outcomes.output)];
  const untold = (): readonly ObjectRef[] => {
    const changed = new Set(shapes.reset());
    return changed.size === 0 ? [] : all().filter((object) => changed.has(refParts(object)[0]));
  };
  /** A replica that does not lead keeps no queue: once it leads, it goes through all objects. */
  const queue = (objects: readonly ObjectRef[]): void => {
    if (leads$.value) due$.next(objects);
    else for (const object of objects) events.forget(object);
  };

  const subscriptions = [
    due$
      .pipe(
        workQueue(
          { ...defaultLimits, ...options.limits },
          { work, open$: leads$, jitter: Math.random },
          scheduler,
        ),
      )
      .subscribe(({ result, waiting }) => {
        metrics?.statusPending(waiting);
        if (result === 'Done' || result === 'Failed') metrics?.statusWritten(result);
      }),
    merge(
      options.telemetry$.pipe(concatMap(ofEnvoy)),
      options.published$.pipe(
        observeOn(asapScheduler), // Envoys come first
        tap((published) => translated$.next(published)),
        map(ofPipe),
      ),
    )
      .pipe(statuses(outcomesFor(options.ambassadorId), times, scheduler))
      .subscribe((step) => {
        ({ book } = step);
        if (step.due.length > 0) queue(step.due);
      }),
    watch.due$.pipe(filter((objects) => objects.length > 0)).subscribe(queue),
    ledger.disturbed$.subscribe((object) => queue([object])),
    interval(times.definitions, scheduler)
      .pipe(
        map(untold),
        filter((objects) => objects.length > 0),
      )
      .subscribe(queue),
    leadership(ours, times, scheduler).subscribe((leads) => {
      metrics?.leads(leads);
      if (leads !== leads$.value)
        log.info({ identity }, leads ? 'leads: writes status' : 'leads no more: writes no status');
      leads$.next(leads);
      if (leads) due$.next(all());
    }),
  ];
  return {
    leads: () => leads$.value,
    stop: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      events.stop();
      metrics?.leads(false);
      if (!leads$.value) return;
      leads$.next(false);
      const released = ours.release().catch((error: unknown) => {
        log.debug({ reason: messageOf(error) }, 'the Lease could not be given back');
      });
      await Promise.race([released, setTimeout(times.release, undefined, { ref: false })]);
    },
  };
};

/** The times of the Lease are those of Kubernetes' own controllers. */
const defaultTimes: StatusReporterTimes = {
  answer: 500,
  firstAnswer: 10_000,
  leaseDuration: 15_000,
  renewDeadline: 10_000,
  retry: 2_000,
  release: 2_000,
  definitions: 600_000,
  ...defaultBackendTimes,
};

/**
 * Fewer writes at a time than connections, so that a slow status API does not delay the Lease. A thousand routes
 * applied at once are written as fast as the API server takes them; ten thousand leave room for others.
 */
const defaultLimits: WorkLimits = {
  concurrency: 8,
  rate: { perSecond: 200, burst: 2_000 },
  perKey: { most: 2, within: 1_000 },
  backoff: { first: 500, max: 60_000 },
};

const defaultRepeats: Limit = { most: 10, within: 60_000 };
