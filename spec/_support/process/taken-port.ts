import { once } from 'node:events';
import { createServer } from 'node:net';

import type { ExecutionContext } from 'ava';

/** Another process has the port, as far as Envoy can tell, until it is given back. */
export const taking = async (t: ExecutionContext, port: number): Promise<() => Promise<void>> => {
  const server = createServer((socket) => socket.destroy()).listen(port, '0.0.0.0');
  await once(server, 'listening');
  t.teardown(() => server.close());
  return async () => {
    server.close();
    await once(server, 'close');
  };
};
