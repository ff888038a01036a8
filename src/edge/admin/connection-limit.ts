import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How many connections there may be at once. */
interface ConnectionLimit {
  readonly all: number;
  /** From one address; a unix socket has none. */
  readonly ofAPeer: number;
}

/**
 * Keeps the number of connections of a server below a limit by ending the oldest ones.
 *
 * The newest is never ended: so a health check, whose request comes at once, is answered, however many
 * clients send half a request or read no answer. Of the others those go first that wait for a request, then those
 * that are answered; where one peer has too many, its own.
 */
export const limitConnections = (server: Server, limit: ConnectionLimit): void => {
  /** In the order in which they came, or began to wait again. */
  const waiting = new Set<Socket>();
  const answered = new Set<Socket>();
  const ofPeer = (peer: string | undefined, sockets: Iterable<Socket>): readonly Socket[] =>
    [...sockets].filter(({ remoteAddress }) => remoteAddress === peer);
  const end = (socket: Socket | undefined): void => {
    if (socket === undefined) return;
    waiting.delete(socket);
    answered.delete(socket);
    socket.destroy();
  };
  server.on('connection', (socket: Socket) => {
    const { remoteAddress: peer } = socket;
    if (peer !== undefined) {
      const own = [...ofPeer(peer, waiting), ...ofPeer(peer, answered)];
      if (own.length >= limit.ofAPeer) end(own[0]);
    }
    if (waiting.size + answered.size >= limit.all) end([...waiting, ...answered][0]);
    waiting.add(socket);
    socket.once('close', () => {
      waiting.delete(socket);
      answered.delete(socket);
    });
  });
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    waiting.delete(socket);
    answered.add(socket);
    response.once('close', () => {
      if (answered.delete(socket) && !socket.destroyed) waiting.add(socket);
    });
  });
};
