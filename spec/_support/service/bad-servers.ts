import { createServer, type Socket } from 'node:net';

import { listening, type Listening } from '../envoy/a-server.ts';

/** How a server treats whoever connects: what it never does, or does wrong, whatever protocol is expected. */
export const badManners = ['deaf', 'silent', 'nonsense', 'closing'] as const;

/** One of these manners. */
export type BadManner = (typeof badManners)[number];

const manners: Readonly<Record<BadManner, (socket: Socket) => void>> = {
  /** It reads nothing, so whoever sends must keep it or forget it. */
  deaf: (socket) => socket.pause(),
  silent: (socket) => socket.resume(),
  nonsense: (socket) => socket.on('data', () => socket.write('nonsense\r\n\r\n')),
  closing: (socket) => socket.on('data', () => socket.destroy()),
};

/** A server that speaks no protocol. */
export const startBadServer = async (manner: BadManner): Promise<Listening> =>
  await listening(
    createServer((socket) => {
      socket.on('error', () => socket.destroy());
      manners[manner](socket);
    }),
  );
