import type { Logger } from 'pino';
import {
  asapScheduler,
  concat,
  map,
  NEVER,
  observeOn,
  of,
  tap,
  type Observable,
  type SchedulerLike,
  type Subscription,
} from 'rxjs';

import { monotonic } from '../../edge/monotonic.ts';
import { keyParts, refParts, showRef, type ObjectRef } from '../../ir/object-ref.ts';
import type { Translated } from '../../status/outcomes.ts';
import type { Envoys } from '../source/source.ts';
import { backendWatch, defaultBackendTimes, type BackendWatchTimes } from './backend-watch.ts';

interface BackendLogOptions extends Pick<Envoys, 'askClusters'> {
  /** Replays the latest one to who subscribes. */
  readonly published$: Observable<Translated>;
  readonly metrics?: Pick<Envoys['metrics'], 'backendsUnavailable'>;
  readonly log: Pick<Logger, 'warn' | 'info'>;
  readonly namespace: string;
  readonly times?: BackendWatchTimes;
  readonly scheduler?: SchedulerLike;
}

/**
 * Says in the log of which objects the back ends cannot serve, and when they can again, where there is no status that
 * says it.
 */
export const logBackends = (options: BackendLogOptions): Subscription => {
  const { published$, askClusters: ask, log, metrics, namespace } = options;
  const { times = defaultBackendTimes, scheduler = monotonic } = options;
  let latest: Translated | undefined;
  const watch = backendWatch({
    ...{ ask, times, metrics, scheduler, namespace },
    leads$: concat(of(true), NEVER),
    translated$: published$.pipe(
      observeOn(asapScheduler), // Envoys come first
      tap((translated) => {
        latest = translated;
      }),
    ),
  });
  const told = new Map<ObjectRef, string>();
  const newsOf = (object: ObjectRef): readonly News[] => {
    const users = latest?.translation.ir.clusterUsers ?? [];
    const found = watch.availability(object, users, undefined);
    const faults = found !== undefined && !('wait' in found) ? found : [];
    const [first] = faults;
    const message = faults.map((fault) => fault.message).join('; ');
    if ((told.get(object) ?? '') === message) return [];
    if (first !== undefined) {
      told.set(object, message);
      return [{ object, message, problem: first.reason }];
    }
    told.delete(object);
    return [{ object }];
  };
  return watch.due$.pipe(map((due) => due.flatMap(newsOf))).subscribe((news) => {
    for (const { object, problem, message } of news.slice(0, most)) {
      const fields = { ...named(object), ...(problem !== undefined && { problem }) };
      if (message === undefined) log.info(fields, `solved: ${showRef(object)}: ${available}`);
      else log.warn(fields, `${showRef(object)}: no back end can serve: ${message}`);
    }
    const more = news.length - most;
    if (more > 0) log.warn(`the back ends of ${more} more objects have changed; ${whereAll}`);
  });
};

/** What is known anew of an object; without a message, that nothing is wrong. */
interface News {
  readonly object: ObjectRef;
  readonly message?: string;
  readonly problem?: string;
}

/** How many lines there are at most for what is found out at one time. */
const most = 20;

const available = 'its back ends are available';

const whereAll = 'the metric headgate_backends_unavailable counts them';

const named = (object: ObjectRef): Readonly<Record<string, string>> => {
  const [kind, key] = refParts(object);
  const [namespace, name] = keyParts(key);
  return { kind, namespace, name };
};
