import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

import type { ExecutionContext } from 'ava';

import { kubeClient, type KubeClient } from '../../../src/edge/kube/kube-client.ts';
import { listening } from '../envoy/a-server.ts';

/** A request that came. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** An answer: the status, the body and, if it matters, when to come again. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  /** In seconds. */
  readonly retryAfter?: number;
}

/** A server that answers as it is told to, for answers that a real one gives only under stress. */
export const anApiServer = async (
  t: ExecutionContext,
  answer: (asked: Asked, index: number) => Answer,
): Promise<{ readonly client: KubeClient; readonly asked: readonly Asked[] }> => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const { method = '', url: path = '' } = request;
      const body = method === 'GET' ? {} : ((await json(request)) as Asked['body']);
      asked.push({ method, path, body });
      const { status, body: said = {}, retryAfter } = answer({ method, path, body }, asked.length);
      response.writeHead(status, {
        'content-type': 'application/json',
        ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      });
      response.end(JSON.stringify(said));
    })();
  });
  const { port, close } = await listening(server);
  const credentials = { headers: {}, tls: {} };
  const client = kubeClient({
    server: `http://127.0.0.1:${port}`,
    description: 'a server that answers as it is told to',
    credentials: async () => await Promise.resolve(credentials),
  });
  t.teardown(async () => {
    await client.close();
    await close();
  });
  return { client, asked };
};
