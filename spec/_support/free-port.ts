import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that was free a moment ago, for a process that will listen on all addresses.
 *
 * The kernel is asked about ports below those it gives to clients (32768 and above): one of those
 * could become the near end of somebody's connection before it is listened on.
 */
export const freePort = async (): Promise<number> => {
  const port = 10_000 + Math.floor(Math.random() * 22_000);
  const server = createServer();
  server.listen(port, '0.0.0.0');
  const listening = await Promise.race([
    once(server, 'listening').then(() => true),
    once(server, 'error').then(() => false),
  ]).catch(() => false);
  if (!listening) return await freePort();
  server.close();
  await once(server, 'close');
  return port;
};
