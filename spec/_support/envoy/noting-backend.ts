import { createServer } from 'node:http';

import { listening } from './a-server.ts';

/** A backend that keeps the paths of the requests that reach it. */
export const startNotingBackend = async () => {
  const reached: string[] = [];
  const server = createServer((request, response) => {
    request.resume();
    reached.push(request.url ?? '');
    response.end('reached');
  });
  server.keepAliveTimeout = 0;
  return {
    ...(await listening(server)),
    /** The paths of all requests that came since this was asked last. */
    reached: (): readonly string[] => reached.splice(0),
  };
};
