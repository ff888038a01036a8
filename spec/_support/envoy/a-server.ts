import { once } from 'node:events';
import type { Server } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** Lets any kind of server listen on this machine; closing it ends its connections. */
export const listening = async (server: Server, port = 0): Promise<Listening> => {
  const open = new Set<{ destroy: () => void }>();
  for (const event of ['connection', 'secureConnection'])
    server.on(event, (socket: { destroy: () => void }) => open.add(socket));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
};
