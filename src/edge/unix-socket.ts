import { chmod, lstat, rm } from 'node:fs/promises';
import { connect } from 'node:net';

/**
 * Makes a path free for a unix socket: removes what a process that is gone has left there.
 *
 * A socket that somebody answers on is left alone, and so is anything that is not a socket.
 */
export const claimSocket = async (path: string): Promise<void> => {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`expected a socket or nothing at ${path}, found a file`);
  if (await isAnswered(path)) throw new Error(`${path} is in use: another process listens on it`);
  await rm(path, { force: true });
};

/** Lets only our own user connect. */
export const restrictSocket = (path: string): Promise<void> => chmod(path, 0o600);

/** Whether somebody listens on this unix socket. */
export const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false);
      else reject(error);
    });
  });
