import { once } from 'node:events';
import { Agent, createServer, request } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ExecutionContext } from 'ava';

import { aCertificate } from '../world/certificates.ts';

/** One request that came through, or did not. */
export interface ProxiedCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly isWatch: boolean;
  /** What the client was answered; 0 when it was not. */
  readonly status: number;
}

/** An API server with faults; as long as none is asked for, everything passes as it is. */
export interface FaultProxy {
  readonly url: string;
  /** The certificate it shows, PEM. */
  readonly certificate: string;
  /** Everything that was asked. */
  readonly calls: () => readonly ProxiedCall[];
  /** How many requests the API server has got and not answered yet. */
  readonly waiting: () => number;
  /** How many watches are open now. */
  readonly watches: () => number;
  /** Cuts the next line of a watch of this collection in the middle, and its connection. */
  readonly cutNextLine: (plural: string) => Promise<void>;
  /** Ends every open watch, with a last event if there is one. */
  readonly endWatches: (event?: unknown) => void;
  /** Breaks every connection. */
  readonly breakAll: () => void;
  /** Answers like this instead of asking the API server, until it is told to let pass. */
  readonly answer: (status: number, headers?: Readonly<Record<string, string>>) => void;
  /** Takes requests and says nothing; what open watches have to say waits until it lets pass. */
  readonly silence: () => void;
  readonly letPass: () => void;
}

/** Starts a proxy in front of an API server; it ends with the test. */
export const startFaultProxy = async (
  t: Pick<ExecutionContext, 'teardown'>,
  target: { readonly url: string; readonly certificate: string },
): Promise<FaultProxy> => {
  const own = await aCertificate('127.0.0.1');
  const agent = new Agent({ ca: target.certificate, keepAlive: true });
  const calls: ProxiedCall[] = [];
  const waiting = new Set<ServerResponse>();
  const watches = new Set<Watch>();
  let mood: Mood = { _tag: 'Passing' };

  const pass = (incoming: IncomingMessage, response: ServerResponse, call: Asked): void => {
    const outgoing = request(new URL(incoming.url ?? '/', target.url), {
      ...{ agent, method: call.method, headers: incoming.headers },
    });
    const fail = (): void => void response.destroy();
    waiting.add(response);
    response.once('close', () => {
      waiting.delete(response);
      outgoing.destroy();
    });
    outgoing.once('error', fail);
    outgoing.once('response', (answer: IncomingMessage) => {
      waiting.delete(response);
      const { statusCode: status = 502, headers } = answer;
      calls.push({ ...call, status });
      response.writeHead(status, headers);
      response.flushHeaders();
      answer.once('error', fail);
      if (!call.isWatch || status !== 200) return void answer.pipe(response);
      const watch: Watch = { path: call.path, answer, response, onCut: undefined };
      watches.add(watch);
      response.once('close', () => watches.delete(watch));
      answer.on('data', (chunk: Buffer) => forward(watch, chunk));
      answer.once('end', () => response.end());
    });
    incoming.pipe(outgoing);
  };

  const server = createServer(
    { cert: own.certificate, key: own.privateKey },
    (incoming, answer) => {
      const { pathname: path, searchParams: query } = new URL(incoming.url ?? '/', target.url);
      const isWatch = query.get('watch') === 'true' || query.get('watch') === '1';
      const call: Asked = { method: incoming.method ?? '', path, query, isWatch };
      if (mood._tag === 'Passing') return void pass(incoming, answer, call);
      calls.push({ ...call, status: mood._tag === 'Silent' ? 0 : mood.status });
      if (mood._tag === 'Answering') answer.writeHead(mood.status, mood.headers).end('no\n');
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
    agent.destroy();
  });
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate: own.certificate,
    calls: () => calls,
    waiting: () => waiting.size,
    watches: () => watches.size,
    cutNextLine: async (plural) => {
      const found = [...watches].find(({ path }) => path.endsWith(`/${plural}`));
      if (found === undefined) throw new Error(`expected an open watch of ${plural}`);
      await new Promise<void>((resolve) => {
        found.onCut = resolve;
      });
    },
    endWatches: (event) => {
      for (const { response } of watches)
        response.end(event === undefined ? '' : `${JSON.stringify(event)}\n`);
      watches.clear();
    },
    breakAll: () => server.closeAllConnections(),
    answer: (status, headers = {}) => {
      mood = { _tag: 'Answering', status, headers };
    },
    silence: () => {
      mood = { _tag: 'Silent' };
      for (const { answer } of watches) answer.pause();
    },
    letPass: () => {
      mood = { _tag: 'Passing' };
      for (const { answer } of watches) answer.resume();
    },
  };
};

type Asked = Omit<ProxiedCall, 'status'>;

interface Watch {
  readonly path: string;
  /** What the API server says, and where it is passed on to. */
  readonly answer: IncomingMessage;
  readonly response: ServerResponse;
  /** Set: the next line is to be cut. */
  onCut: (() => void) | undefined;
}

type Mood =
  | { readonly _tag: 'Passing' }
  | { readonly _tag: 'Silent' }
  | {
      readonly _tag: 'Answering';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
    };

const forward = ({ response, onCut }: Watch, chunk: Buffer): void => {
  if (response.writableEnded) return;
  if (onCut === undefined) return void response.write(chunk);
  response.write(chunk.subarray(0, chunk.length / 2), () => {
    response.destroy();
    onCut();
  });
};

/** An event that ends a watch, as the API server sends it. */
export const anErrorEvent = (code: number, reason: string, message: string) => ({
  type: 'ERROR',
  object: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message },
});
