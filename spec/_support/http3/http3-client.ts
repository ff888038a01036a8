import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { testBinary } from '../test-cluster/test-binaries.ts';
import type { Signed } from '../world/an-authority.ts';

/** A request over HTTP/3, to the loopback address. */
export interface Http3Question {
  readonly port: number;
  /** The server name of the handshake; also the host of the request, unless there is another one. */
  readonly servername: string;
  readonly host?: string;
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The certificate that the client shows. */
  readonly shown?: Signed;
  readonly alpn?: readonly string[];
  /** Requests with one name share a connection as long as it lasts; without one it ends behind the answer. */
  readonly connection?: string;
  /** Connections of one session resume what an earlier one has learnt. */
  readonly session?: string;
  /** The request is sent before the handshake is over, if the session allows it. */
  readonly early?: true;
}

/** What came of a request; without a status there was no answer, and `error` says why. */
export interface Http3Answer {
  readonly status?: number;
  readonly error?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly trailers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of the certificate that the server showed. */
  readonly serial?: string;
  readonly resumed?: true;
  /** The server read the request before the handshake was over. */
  readonly early?: true;
  /** The curve that keys were agreed on with, by its TLS name. */
  readonly curve?: string;
  /** How many connections the client has made by this name so far. */
  readonly dialed?: number;
}

/** A client that speaks HTTP/3 with whatever certificate a server shows. */
export interface Http3Client {
  readonly ask: (question: Http3Question) => Promise<Http3Answer>;
  readonly stop: () => void;
}

/** Starts quic-go's client in a process of its own (`client.go`). */
export const http3Client = async (): Promise<Http3Client> => {
  const process = spawn(await testBinary('http3-client'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = new Map<number, (answer: Http3Answer) => void>();
  createInterface({ input: process.stdout }).on('line', (line) => {
    const { id, ...answer } = JSON.parse(line) as Partial<Http3Answer> & { readonly id: number };
    waiting.get(id)?.({ headers: {}, trailers: {}, body: '', ...answer });
    waiting.delete(id);
  });
  process.on('exit', () => {
    for (const settle of waiting.values())
      settle({ error: 'the client ended', headers: {}, trailers: {}, body: '' });
  });
  let last = 0;
  return {
    ask: async ({ port, shown, ...question }) =>
      await new Promise((resolve) => {
        const id = ++last;
        waiting.set(id, resolve);
        const line = JSON.stringify({
          ...{ id, address: `127.0.0.1:${port}`, host: question.servername },
          ...{ path: '/', method: 'GET', ...question },
          ...(shown !== undefined && { cert: shown.certificate, key: shown.privateKey }),
        });
        process.stdin.write(`${line}\n`);
      }),
    stop: () => process.stdin.end(),
  };
};
