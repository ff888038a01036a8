import { Observable, type Subscriber } from 'rxjs';
import { errors, type Dispatcher } from 'undici';

import { ApiFault } from '../../kube/reflect/api-fault.ts';
import { messageOf } from '../message-of.ts';
import type { Credentials, KubeAccess } from './kube-access.ts';
import { accepted, readAnswer } from './kube-answer.ts';
import {
  closed,
  kubeConnections,
  type ConnectionLimits,
  type Purpose,
} from './kube-connections.ts';
import { jsonLines } from './kube-lines.ts';

/** One call to the API server. */
export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/services` */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Of the body; `application/json` if absent. */
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** How long to wait for the whole answer, or for a stream to open. */
  readonly timeoutMs?: number;
}

/** What a stream says: that it is open, which the server may say long before the first line. */
type Streamed = { readonly _tag: 'Opened' } | { readonly _tag: 'Line'; readonly value: unknown };

/** Talks to one API server; whatever fails, fails with an `ApiFault`. */
export interface KubeClient {
  /** The server, in words for a log. */
  readonly description: string;
  /** The namespace that the kubeconfig or the Pod we run in names. */
  readonly namespace?: string;
  /** The answer, parsed; `undefined` if there was no body. */
  readonly request: (call: ApiCall) => Promise<unknown>;
  /** One JSON value a line, until the server ends the stream; unsubscribing ends it too. */
  readonly stream: (call: ApiCall) => Observable<Streamed>;
  /** Ends everything under way, and all connections. */
  readonly close: () => Promise<void>;
}

/** How much a client may take; sizes in bytes. */
export interface ClientLimits extends ConnectionLimits {
  readonly timeoutMs: number;
  /** Of an answer, and of one line in a stream: an object has at most a few MiB in etcd. */
  readonly body: number;
  readonly line: number;
}

const mebibyte = 1024 ** 2;

const defaults: ClientLimits = {
  streams: 32,
  requests: 12,
  timeoutMs: 30_000,
  body: 256 * mebibyte,
  line: 32 * mebibyte,
};

/** A client of the API server that `access` describes. */
export const kubeClient = (access: KubeAccess, given: Partial<ClientLimits> = {}): KubeClient => {
  const limits = { ...defaults, ...given };
  const connections = kubeConnections(access, limits);
  const { origin, pathname } = new URL(access.server);
  const prefix = pathname.replace(/\/$/, '');

  const attempt = async (
    call: ApiCall,
    purpose: Purpose,
    signal: AbortSignal,
    { headers, tls }: Credentials,
  ): Promise<Dispatcher.ResponseData> =>
    await connections.of(purpose, tls).request({
      origin,
      path: `${prefix}${call.path}${queryOf(call)}`,
      method: call.method,
      headers: { ...headersOf(call), ...headers },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      signal,
    });

  /** Sends a call; once more with new credentials if the server does not accept those we had. */
  const send = async (
    call: ApiCall,
    purpose: Purpose,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> => {
    const credentials = await orAborted(access.credentials(), signal);
    const answer = await attempt(call, purpose, signal, credentials);
    if (answer.statusCode !== 401) return await accepted(answer);
    await answer.body.dump();
    const renewed = await orAborted(access.credentials(credentials), signal);
    return await accepted(await attempt(call, purpose, signal, renewed));
  };

  const pump = async (
    call: ApiCall,
    ending: AbortController,
    subscriber: Subscriber<Streamed>,
  ): Promise<void> => {
    const timeoutMs = call.timeoutMs ?? limits.timeoutMs;
    const timer = setTimeout(() => ending.abort(noAnswer(timeoutMs)), timeoutMs);
    const signal = any(ending.signal, call.signal);
    const { body } = await send(call, 'streams', signal).finally(() => clearTimeout(timer));
    subscriber.next({ _tag: 'Opened' });
    for await (const values of jsonLines(body, limits.line))
      for (const value of values) {
        subscriber.next({ _tag: 'Line', value });
        if (subscriber.closed) return;
      }
    subscriber.complete();
  };

  return {
    description: access.description,
    ...(access.namespace === undefined ? {} : { namespace: access.namespace }),
    request: async (call) => {
      const timeoutMs = call.timeoutMs ?? limits.timeoutMs;
      try {
        const signal = any(AbortSignal.timeout(timeoutMs), call.signal);
        const { body } = await send(call, 'requests', signal);
        return await readAnswer(body, limits.body);
      } catch (error) {
        throw isTimeout(error) ? noAnswer(timeoutMs) : faultOf(error, origin);
      }
    },
    stream: (call) =>
      new Observable((subscriber) => {
        const ending = new AbortController();
        pump(call, ending, subscriber).catch((error: unknown) => {
          subscriber.error(faultOf(error, origin));
        });
        return () => ending.abort();
      }),
    close: connections.close,
  };
};

const queryOf = ({ query }: ApiCall): string =>
  query === undefined ? '' : `?${new URLSearchParams(query)}`;

const headersOf = ({ accept, body, contentType }: ApiCall): Record<string, string> => ({
  accept: accept ?? 'application/json',
  'user-agent': 'headgate',
  ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json' }),
});

/** Waits for credentials, which a plug-in may have to fetch, but no longer than for the call. */
const orAborted = async <A>(waiting: Promise<A>, signal: AbortSignal): Promise<A> =>
  await new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    waiting.then(resolve, reject);
  });

const any = (own: AbortSignal, given: AbortSignal | undefined): AbortSignal =>
  given === undefined ? own : AbortSignal.any([own, given]);

const isTimeout = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'TimeoutError';

const noAnswer = (timeoutMs: number): ApiFault =>
  new ApiFault(`the API server did not answer within ${timeoutMs / 1000} s`);

/** The fault of a call that failed on the network. */
const faultOf = (error: unknown, origin: string): ApiFault => {
  if (error instanceof ApiFault) return error;
  if (error instanceof errors.ClientDestroyedError || error instanceof errors.ClientClosedError)
    return new ApiFault(closed);
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error;
  const code = (first as NodeJS.ErrnoException | undefined)?.code ?? '';
  return new ApiFault(`${origin}: ${mistrust.get(code) ?? messageOf(first)}`);
};

const unknownAuthority =
  'its certificate is signed by an authority that is not known; name that one in the kubeconfig (certificate-authority)';

/** Why a certificate is not trusted, without advice on Node. */
const mistrust: ReadonlyMap<string, string> = new Map([
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', unknownAuthority],
  ['CERT_HAS_EXPIRED', 'its certificate has expired'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet; look at the clocks'],
]);
