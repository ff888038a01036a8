import type { Logger } from 'pino';
import { defer, type Observable } from 'rxjs';

import type { NotYet, Worked } from '../../../streams/status/work-queue.ts';
import { keyParts, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import { isKind, kindTable, type Kind } from '../../kube/kind.ts';
import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { apiPath } from '../../kube/reflect/api-path.ts';
import type { ObjectStatus } from '../../status/object-status.ts';
import { fieldManager } from '../../status/owned-conditions.ts';
import { digestOfStatus, type Status } from '../../status/status.ts';
import { messageOf } from '../message-of.ts';
import { monotonic } from '../monotonic.ts';
import type { KubeClient } from './kube-client.ts';
import { mergePatch, mergedWrite } from './merged-write.ts';
import type { StatusLedger } from './status-ledger.ts';
import type { Fitted, StatusShapes } from './status-shapes.ts';

interface StatusWriterOptions {
  readonly client: KubeClient;
  readonly ledger: StatusLedger;
  readonly shapes: StatusShapes;
  readonly log: Logger;
  /** The time of day in milliseconds. */
  readonly clock: () => number;
}

/** Writes statuses to the API server. */
export interface StatusWriter {
  /** Whether the API server holds this status already. */
  readonly isTold: (object: ObjectRef, status: Status) => boolean;
  /** Whether this status was written last, so that somebody else must have changed it since. */
  readonly isRepeated: (object: ObjectRef, status: Status) => boolean;
  /**
   * The write of a status, or how long to wait first; `undefined` if the kind has no field for it.
   */
  readonly write: (object: ObjectRef, status: Status) => Observable<Worked> | NotYet | undefined;
}

/**
 * Writes statuses: only our own part, whoever else writes to the same status. Of Emissary's kinds by server-side
 * apply; of the Gateway API's by `mergedWrite`.
 *
 * A failure is logged once for each kind, and once more when it is over.
 */
export const statusWriter = (options: StatusWriterOptions): StatusWriter => {
  const { client, ledger, shapes, log } = options;
  const pauses = new Map<string, Pause>();

  const merged = mergedWrite(options);

  const write = async (kind: Kind, object: ObjectRef, status: Fitted): Promise<Worked> => {
    if ('report' in status) await merged(kind, object, status);
    else
      await apply(kind, object, status).catch(async (error: unknown) => {
        if (!isOfOldShape(error)) throw error;
        await apply(kind, object, status, mergePatch);
      });
    if (pauses.delete(kind)) log.info({ kind }, `the status of ${kind} objects is written again`);
    return { _tag: 'Done' };
  };

  const apply = async (
    kind: Kind,
    object: ObjectRef,
    status: Partial<ObjectStatus>,
    contentType = 'application/apply-patch+yaml',
  ): Promise<void> => {
    const { apiVersion } = kindTable[kind];
    const [namespace, name] = keyParts(refParts(object)[1]);
    const answer = await client.request({
      method: 'PATCH',
      path: `${apiPath(kindTable[kind], namespace)}/${name}/status`,
      query: { fieldManager, ...(contentType === mergePatch ? {} : { force: 'true' }) },
      contentType,
      body: {
        apiVersion,
        kind,
        metadata: { name, namespace },
        status: { ...status, ...conditionsAt(object, status) },
      },
      timeoutMs: 10_000,
    });
    ledger.written(object, digestOfStatus(status), answer);
  };

  /** Adds when each condition last changed; the API server does not find that out itself. */
  const conditionsAt = (object: ObjectRef, { conditions }: Partial<ObjectStatus>) => {
    const held = ledger.held(object)?.conditions;
    const now = `${new Date(options.clock()).toISOString().slice(0, 19)}Z`;
    return (
      conditions && {
        conditions: conditions.map((condition) => {
          const before = held?.[condition.type];
          const since = before?.status === condition.status ? before.lastTransitionTime : '';
          return { ...condition, lastTransitionTime: since === '' ? now : since };
        }),
      }
    );
  };

  /** The API server answers in the same way when an object is gone and when its kind has no status. */
  const hasStatus = async (kind: Kind): Promise<boolean> => {
    const { apiVersion, plural } = kindTable[kind];
    const answer = await client.request({ method: 'GET', path: `/apis/${apiVersion}` });
    const { resources = [] } = answer as { resources?: readonly { readonly name: string }[] };
    return resources.some(({ name }) => name === `${plural}/status`);
  };

  /** Pauses all writes of a kind: what made this one fail would make the others fail too. */
  const pause = (kind: Kind, error: unknown): void => {
    const before = pauses.get(kind);
    if (before !== undefined && before.until > monotonic.now()) return;
    const asked = error instanceof ApiFault ? (error.retryAfterMs ?? 0) : 0;
    const length = Math.min(longestPause, (before?.length ?? firstPause / 2) * 2);
    pauses.set(kind, { until: monotonic.now() + Math.max(asked, length), length });
    if (before === undefined)
      log.warn({ kind, reason: messageOf(error) }, `cannot write the status of ${kind} objects`);
  };

  const failed = async (kind: Kind, object: ObjectRef, error: unknown): Promise<Worked> => {
    const fault = error instanceof ApiFault ? error : undefined;
    if (fault?.status === 404) {
      if (!(await hasStatus(kind).catch(() => true))) shapes.hasNone(kind);
      return { _tag: 'Done' };
    }
    if (fault !== undefined && isWithoutConditions(fault)) {
      shapes.hasNoConditions(kind);
      return { _tag: 'Failed' };
    }
    if (fault?.status === undefined || concernsAll.has(fault.status)) pause(kind, error);
    else log.debug({ object, reason: messageOf(error) }, 'a status was not written');
    return { _tag: 'Failed', ...(fault?.retryAfterMs && { retryAfter: fault.retryAfterMs }) };
  };

  return {
    isTold: (object, status) => {
      const fitted = shapes.fitted(refParts(object)[0], status);
      return fitted !== undefined && ledger.holds(object, digestOfStatus(fitted));
    },
    isRepeated: (object, status) => ledger.repeats(object, digestOfStatus(status)),
    write: (object, status) => {
      const [kind] = refParts(object);
      const fitted = shapes.fitted(kind, status);
      if (!isKind(kind) || fitted === undefined) return undefined;
      const wait = (pauses.get(kind)?.until ?? 0) - monotonic.now();
      if (wait > 0) return { wait };
      return defer(
        async () =>
          await write(kind, object, fitted).catch(
            async (error: unknown) => await failed(kind, object, error),
          ),
      );
    },
  };
};

/** Until when nothing is written, and how long the pause is; in milliseconds. */
interface Pause {
  readonly until: number;
  readonly length: number;
}

const firstPause = 1_000;

const longestPause = 30_000;

/** The API server refuses us, is overloaded or broken: none of these is about the object. */
const concernsAll: ReadonlySet<number> = new Set([401, 403, 429, 500, 502, 503, 504]);

/** Server-side apply refuses a field that the schema does not have. */
const isWithoutConditions = ({ message }: ApiFault): boolean =>
  /\.status\.conditions\b.*not declared in schema/.test(message);

/** Server-side apply fails on an object that was stored in the shape of an old version. */
const isOfOldShape = (error: unknown): boolean =>
  error instanceof ApiFault && error.message.includes('failed to create typed live object');
