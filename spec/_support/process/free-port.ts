import { once } from 'node:events';
import { createServer } from 'node:net';
import { threadId } from 'node:worker_threads';

let given = 0;

/** How many ports a spec file, which is a thread, takes before it could take those of the next. */
const portsEach = 41;

/**
 * A port that was free a moment ago, for a process that will listen on all addresses.
 *
 * Only ports below those that the kernel gives to clients (32768 and above) are tried: one of these
 * could become the local port of somebody's connection before anything listens on it. Spec files
 * begin at different ports and get none twice, so that no two of them wait for the same one.
 */
export const freePort = async (): Promise<number> => {
  given += 1;
  const port = 10_000 + ((process.pid * 1009 + threadId * portsEach + given) % 22_000);
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
