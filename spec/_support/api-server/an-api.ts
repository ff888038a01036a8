import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

import type { ExecutionContext } from 'ava';

import type { KubeAccess } from '../../../src/edge/kube/kube-access.ts';
import {
  kubeClient,
  type ClientLimits,
  type KubeClient,
} from '../../../src/edge/kube/kube-client.ts';
import { listening } from '../envoy/a-server.ts';

/** A stand-in for an API server, a client of it, and how many connections were made. */
export interface AnApi {
  readonly url: string;
  readonly client: KubeClient;
  readonly connections: () => number;
}

/** A server on this machine that answers every call in this way. */
export const anApi = async (
  t: ExecutionContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  limits: Partial<ClientLimits> = {},
  access: Partial<KubeAccess> = {},
): Promise<AnApi> => {
  let connections = 0;
  const server = createServer(answer).on('connection', () => {
    connections += 1;
  });
  const { port, close } = await listening(server);
  t.teardown(close);
  const url = `http://127.0.0.1:${port}`;
  const client = kubeClient(
    {
      server: url,
      description: 'a test',
      credentials: async () => ({ headers: { authorization: 'Bearer secret' }, tls: {} }),
      ...access,
    },
    limits,
  );
  t.teardown(client.close);
  return { url, client, connections: () => connections };
};

/** Answers with this as JSON. */
export const answerJson = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
};
