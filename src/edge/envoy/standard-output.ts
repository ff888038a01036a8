import { closeSync, constants, openSync, rmSync, statSync } from 'node:fs';

/** What Envoy is given as its standard output. */
interface StandardOutput {
  readonly stdio: 'inherit' | number;
  /** To be called when Envoy has it. */
  readonly close: () => void;
}

/**
 * Our standard output for Envoy, so that its access log does not pass us, who may die before it. Where it
 * cannot have that it is given a file, of which we pass on what is written.
 *
 * Envoy opens `/dev/stdout` by that name. This cannot be done with a socket, as systemd and Node.js give one to
 * their children, nor with what belongs to another user: Envoy would refuse every listener.
 */
export const standardOutput = (file: string): StandardOutput => {
  rmSync(file, { force: true });
  if (canBeOpened('/dev/stdout')) return { stdio: 'inherit', close: () => undefined };
  const stdio = openSync(file, 'a', 0o600);
  return { stdio, close: () => closeSync(stdio) };
};

const canBeOpened = (path: string): boolean => {
  try {
    const { O_WRONLY, O_APPEND, O_NONBLOCK, O_NOCTTY } = constants;
    closeSync(openSync(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY));
    return true;
  } catch {
    return false;
  }
};

/** How much is in a file; undefined when it is not there. */
export const sizeOf = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.size;
