import { status } from '@grpc/grpc-js';
import {
  connect,
  fromEvent,
  map,
  merge,
  Observable,
  startWith,
  switchMap,
  take,
  takeUntil,
  type Observer,
} from 'rxjs';

import { converse } from '../../../streams/converse.ts';
import { isLeaf, open, refusals, type Conversation } from '../../xds/session/conversation.ts';
import type { DeltaRequest, DeltaResponse, EnvoyEvent } from '../../xds/session/discovery.ts';
import type { ConversationEvent } from '../../xds/session/step.ts';
import { isUnbound } from '../../xds/session/retry.ts';
import type { Snapshot } from '../../xds/snapshot.ts';
import { messageOf } from '../message-of.ts';
import { callerOf, type AdsCall } from './ads-call.ts';
import { adsOutlet } from './ads-outlet.ts';
import type { AdsTelemetry, Push } from './ads-telemetry.ts';
import type { RefusalMemory } from './refusal-memory.ts';
import { streamReport, streamStanding } from './stream-report.ts';
import type { Caller, StreamReport, StreamStanding } from './stream-report.ts';

/** What a stream shares with the others. */
interface AdsStreamOptions {
  readonly stream: number;
  readonly published$: Observable<{ readonly snapshot: Snapshot }>;
  readonly read: (bytes: Buffer) => DeltaRequest;
  readonly encode: (response: DeltaResponse) => Buffer;
  readonly memory: RefusalMemory;
  readonly envoys: Pick<Observer<EnvoyEvent>, 'next'>;
  readonly telemetry: Pick<Observer<AdsTelemetry>, 'next'>;
}

/** A stream that is served; `close` ends it, the others tell how far it is. */
export interface AdsStream {
  readonly closed: Promise<void>;
  readonly standing: () => StreamStanding;
  readonly report: () => StreamReport;
  readonly close: () => void;
}

/**
 * Serves one stream until either side ends it.
 *
 * At most one response per type is unanswered, and its bytes are made only when there is room to
 * write. So for an Envoy that stalls little more is kept than the names of what it should hold.
 */
export const serveStream = (call: AdsCall, options: AdsStreamOptions): AdsStream => {
  const { stream, encode, envoys, telemetry } = options;
  const outlet = adsOutlet(call);
  const caller = callerOf(call);
  const pushes = new Map<string, Push & { readonly pushedAt: number }>();
  let conversation: Conversation = open({ node: '' });
  const memory = memoryOf(options.memory, caller);
  let hasAnswered = false;
  let failure: string | undefined;
  const tell = (event: Told): void => telemetry.next({ ...event, stream, at: Date.now() });

  const push = (response: DeltaResponse): void => {
    const { typeUrl, nonce, resources, removed } = response;
    const { latest, wave, node } = conversation;
    const seq = isLeaf(typeUrl) ? latest.seq : wave.target.seq;
    outlet.send(() => {
      const bytes = encode(response);
      const counts = { resources: resources.length, removed: removed.length, bytes: bytes.length };
      const sent: Push = { node, typeUrl, nonce, seq, ...counts };
      pushes.set(nonce, { ...sent, pushedAt: Date.now() });
      tell({ _tag: 'Pushed', ...sent });
      return bytes;
    });
  };
  const noteAnswer = ({ nonce, error }: DeltaRequest): void => {
    const sent = pushes.get(nonce);
    if (sent === undefined) return;
    pushes.delete(nonce);
    if (error === undefined) tell({ _tag: 'Acknowledged', ...sent });
    else tell({ _tag: 'Refused', message: error, ...sent });
  };

  tell({ _tag: 'Opened', ...caller });
  const closed = new Promise<void>((resolve) => {
    const subscription = conversationOf(call, { ...options, memory }, noteAnswer).subscribe({
      next: (turn) => {
        conversation = turn.conversation;
        turn.responses.forEach(push);
        if (conversation.ready) memory.remember(conversation.node, refusals(conversation));
        turn.verdicts.forEach((verdict) => {
          hasAnswered = true;
          envoys.next({ ...verdict, stream, ...clientOf(caller) });
          tell({ _tag: 'Answered', seq: verdict.seq, refused: verdict.refused });
        });
      },
      error: (error: unknown) => {
        failure = messageOf(error);
        call.emit('error', error);
      },
      complete: () => call.end(),
    });
    call.once('close', () => {
      subscription.unsubscribe();
      if (hasAnswered) envoys.next({ _tag: 'Disconnected', node: conversation.node, stream });
      tell({
        _tag: 'Closed',
        node: conversation.node,
        reason: failure ?? (call.cancelled ? 'cancelled' : 'ended'),
        failed: failure !== undefined,
      });
      resolve();
    });
  });
  return {
    closed,
    standing: () => streamStanding(stream, caller, conversation),
    report: () => streamReport(stream, caller, conversation),
    close: () => call.end(),
  };
};

/**
 * The memory for one client. What a client on the network says of itself is not remembered of another one, and
 * a port that was taken may be free the next time.
 */
const memoryOf = (memory: RefusalMemory, { client = '' }: Caller): RefusalMemory => {
  const known = (node: string): string => (node === '' ? '' : `${client} ${node}`);
  return {
    recall: (node) => memory.recall(known(node)),
    remember: (node, refused) =>
      memory.remember(
        known(node),
        refused.filter((one) => !isUnbound(one)),
      ),
  };
};

const clientOf = ({ client }: Caller) => (client === undefined ? {} : { client });

/** A telemetry event before its stream and time are known. */
type Told = AdsTelemetry extends infer T
  ? T extends AdsTelemetry
    ? Omit<T, 'stream' | 'at'>
    : never
  : never;

/** The turns of one call; the first request names the node, so nothing is sent before it. */
const conversationOf = (
  call: AdsCall,
  { published$, memory, read }: AdsStreamOptions,
  noteAnswer: (request: DeltaRequest) => void,
) =>
  requestsOf(call, read).pipe(
    connect((requests$) =>
      requests$.pipe(
        take(1),
        switchMap((first) => {
          const node = first.node?.id ?? '';
          const asked$ = requests$.pipe(startWith(first), map(requested(noteAnswer)));
          return merge(published$.pipe(map(published)), asked$).pipe(
            converse(open({ node, refused: memory.recall(node) })),
          );
        }),
      ),
    ),
    takeUntil(
      merge(fromEvent(call, 'end'), fromEvent(call, 'cancelled'), fromEvent(call, 'close')),
    ),
  );

const published = ({ snapshot }: { readonly snapshot: Snapshot }): ConversationEvent => ({
  _tag: 'Published',
  snapshot,
});

const requested =
  (note: (request: DeltaRequest) => void) =>
  (request: DeltaRequest): ConversationEvent => {
    note(request);
    return { _tag: 'Requested', request };
  };

/** The requests of a call; ends with it, and fails on bytes that are no request. */
const requestsOf = (call: AdsCall, read: AdsStreamOptions['read']): Observable<DeltaRequest> =>
  new Observable<Buffer>((subscriber) => {
    const next = (bytes: Buffer): void => subscriber.next(bytes);
    const complete = (): void => subscriber.complete();
    call.on('data', next).once('end', complete).once('error', complete);
    return () => {
      call.off('data', next).off('end', complete).off('error', complete);
      call.on('error', () => undefined);
    };
  }).pipe(map(readRequest(read)));

const readRequest =
  (read: AdsStreamOptions['read']) =>
  (bytes: Buffer): DeltaRequest => {
    try {
      return read(bytes);
    } catch (cause) {
      const details = 'expected a DeltaDiscoveryRequest, found other bytes';
      throw Object.assign(new Error(details, { cause }), {
        code: status.INVALID_ARGUMENT,
        details,
      });
    }
  };
