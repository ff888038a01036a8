import { createServer, type ServerResponse } from 'node:http';

import type { ExecutionContext } from 'ava';

import { listening } from './a-server.ts';

/** A backend that answers nothing until it is told to; it ends with the test. */
export const startHeldBackend = async (t: Pick<ExecutionContext, 'teardown'>) => {
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    request.resume();
    held.add(response);
    response.once('close', () => held.delete(response));
  });
  server.keepAliveTimeout = 0;
  const { port, close } = await listening(server);
  t.teardown(close);
  return {
    port,
    /** How many requests wait for their answers. */
    held: () => held.size,
    /** Answers all of them. */
    release: () => held.forEach((response) => response.end('released')),
  };
};
