import { createHash } from 'node:crypto';

import type { Logger } from 'pino';
import { defer, mergeMap, Subject } from 'rxjs';

import { recentWork, type Limit } from '../../../streams/status/recent-work.ts';
import { tokenBucket, type Rate } from '../../../streams/status/token-bucket.ts';
import { keyParts, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import { isKind, kindTable } from '../../kube/kind.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath, type ApiResource } from '../../kube/reflect/api-path.ts';
import type { Condition } from '../../status/condition.ts';
import { cut } from '../../status/message.ts';
import { messageOf } from '../message-of.ts';
import { monotonic } from '../monotonic.ts';
import type { KubeClient } from './kube-client.ts';

/** How many Events are made at most. */
export interface EventLimits {
  readonly rate: Rate;
  readonly perObject: Limit;
  /** How many may wait to be written. */
  readonly waiting: number;
}

/** They are low, because Events are stored like everything else. */
const defaultEventLimits: EventLimits = {
  rate: { perSecond: 5, burst: 50 },
  perObject: { most: 10, within: 60_000 },
  waiting: 200,
};

interface EventWriterOptions {
  readonly client: KubeClient;
  readonly identity: string;
  readonly log: Logger;
  /** The time of day in milliseconds. */
  readonly clock: () => number;
  readonly limits?: EventLimits | undefined;
}

/** Makes Kubernetes Events of conditions that are not as they should be. */
interface EventWriter {
  /** Makes Events of what is new since the last call; never waits, and drops what is too much. */
  readonly tell: (object: ObjectRef, uid: string, conditions: readonly Condition<string>[]) => void;
  readonly forget: (object: ObjectRef) => void;
  readonly stop: () => void;
}

/**
 * Tells owners of problems by Events, in addition to the status.
 *
 * The name of an Event follows from its content: if it is made again, its count grows, whichever
 * replica made it first. After a failure only that Event is missing.
 */
export const eventWriter = (options: EventWriterOptions): EventWriter => {
  const { client, identity, log, clock, limits = defaultEventLimits } = options;
  const said = new Map<ObjectRef, ReadonlySet<string>>();
  const bucket = tokenBucket(limits.rate, monotonic);
  const recent = recentWork<ObjectRef>(limits.perObject, monotonic);
  const queue = new Subject<Said>();
  let waiting = 0;
  let dropped = 0;

  const post = async ({ object, uid, condition }: Said): Promise<void> => {
    const [kind, key] = refParts(object);
    const [namespace, name] = keyParts(key);
    const { reason } = condition;
    const message = cut(condition.message, longestEvent);
    const at = new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z');
    const digest = createHash('sha256').update([uid, reason, message].join('\n')).digest('hex');
    const eventName = `${name.slice(0, 200).replace(/[-.]+$/, '')}.${digest.slice(0, 16)}`;
    const involvedObject = {
      ...{ apiVersion: versionOf(kind), kind },
      ...(namespace === '' ? { name, uid } : { namespace, name, uid }),
    };
    const place = namespace === '' ? placeOfClusterScoped : namespace;
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: eventName, namespace: place },
      involvedObject,
      ...{ type: 'Warning', reason, message, count: 1, firstTimestamp: at, lastTimestamp: at },
      source: { component: 'headgate' },
      reportingComponent: 'headgate',
      reportingInstance: identity,
    };
    const collection = apiPath(events, place);
    try {
      await client.request({ method: 'POST', path: collection, body: event, timeoutMs });
    } catch (error) {
      if (!(error instanceof ApiFault) || error.reason !== 'AlreadyExists') throw error;
      const path = `${collection}/${eventName}`;
      const before = await client.request({ method: 'GET', path, timeoutMs });
      const count = ((before as { count?: number } | null)?.count ?? 1) + 1;
      const contentType = 'application/merge-patch+json';
      const body = { count, lastTimestamp: at };
      await client.request({ method: 'PATCH', path, contentType, body, timeoutMs });
    }
  };

  const subscription = queue
    .pipe(
      mergeMap(
        (one) =>
          defer(async () => {
            await post(one).catch((error: unknown) => {
              log.debug({ object: one.object, reason: messageOf(error) }, 'an Event was lost');
            });
            waiting -= 1;
          }),
        concurrency,
      ),
    )
    .subscribe();

  return {
    tell: (object, uid, conditions) => {
      const bad = conditions.filter(isWorthAnEvent);
      const before = said.get(object);
      if (bad.length === 0) said.delete(object);
      else said.set(object, new Set(bad.map((condition) => digestOf(uid, condition))));
      for (const condition of distinct(uid, bad)) {
        if (before?.has(digestOf(uid, condition)) === true) continue;
        if (waiting >= limits.waiting || recent.wait(object) > 0 || !bucket.tryTake()) {
          dropped += 1;
          if (dropped === 1 || dropped % 1000 === 0)
            log.debug({ dropped }, 'there are more problems than Events are made for');
          continue;
        }
        waiting += 1;
        recent.done(object);
        queue.next({ object, uid, condition });
      }
    },
    forget: (object) => {
      said.delete(object);
    },
    stop: () => subscription.unsubscribe(),
  };
};

/** Several listeners or parents can say the same. */
const distinct = (uid: string, conditions: readonly Condition<string>[]) =>
  new Map(conditions.map((condition) => [digestOf(uid, condition), condition])).values();

interface Said {
  readonly object: ObjectRef;
  readonly uid: string;
  readonly condition: Condition<string>;
}

/** `Pending` is no problem, and `NotAccepted` only repeats that another condition is false. */
const isWorthAnEvent = ({ type, status, reason }: Condition<string>): boolean =>
  status === (faultsWhenTrue.has(type) ? 'True' : 'False') &&
  reason !== 'Pending' &&
  reason !== 'NotAccepted';

/** The conditions of the Gateway API that something is wrong with when they are true, and what stands in none. */
const faultsWhenTrue: ReadonlySet<string> = new Set([
  'Conflicted',
  'InsecureFrontendValidationMode',
  'Notice',
  'OverlappingTLSConfig',
  'PartiallyInvalid',
]);

const digestOf = (uid: string, { reason, message }: Condition<string>): string =>
  createHash('sha256').update([uid, reason, message].join('\n')).digest('base64url').slice(0, 22);

/** Where Kubernetes puts Events about what is in no namespace. */
const placeOfClusterScoped = 'default';

const versionOf = (kind: string): string => (isKind(kind) ? kindTable[kind].apiVersion : '');

const events: ApiResource = { apiVersion: 'v1', plural: 'events', scope: 'Namespaced' };

/** The note of an Event may have this many bytes in `events.k8s.io`. */
const longestEvent = 1000;

const concurrency = 2;

const timeoutMs = 10_000;
