import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { fileTrouble } from './file-trouble.ts';
import { takeLock } from '../process/lock.ts';

/** What one `run` keeps on disk; a later run on the same folder finds its Envoy through it. */
export interface StateFolder {
  readonly path: string;
  readonly adsSocket: string;
  readonly adminSocket: string;
  /** Of the debug server. */
  readonly debugSocket: string;
  readonly bootstrap: string;
  readonly envoyLog: string;
  /** What Envoy writes on its standard output, where it cannot have ours: see `standard-output.ts`. */
  readonly envoyOutput: string;
  /** Which Envoy was started here: see `EnvoyRecord`. */
  readonly envoyRecord: string;
  readonly fallbackCertificate: string;
  /** Lets another process use the folder; what is in it stays. */
  readonly release: () => void;
}

/** Which folder is opened. */
export interface StateFolderOptions {
  /** `--state-dir`: this folder and no other. */
  readonly chosen?: string | undefined;
  /** What is run, the folder of manifests: the same input finds the same folder again. */
  readonly input: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Opens the state folder, for this process alone.
 *
 * If another living run uses the folder, that is an error for a chosen folder; for a default one
 * the next free folder is used instead.
 */
export const openStateFolder = ({ chosen, input, env }: StateFolderOptions): StateFolder => {
  if (chosen !== undefined && chosen !== '') {
    const opened = open(resolve(chosen));
    if ('path' in opened) return opened;
    throw new Error(
      `the state folder ${resolve(chosen)} is in use by process ${opened.pid}; ` +
        'stop that one, or choose another with --state-dir',
    );
  }
  const name = createHash('sha256').update(canonical(input)).digest('hex').slice(0, 12);
  const base = ownFolder(baseFolder(env));
  for (let copy = 1; ; copy++) {
    const opened = open(join(base, copy === 1 ? name : `${name}-${copy}`));
    if ('path' in opened) return opened;
  }
};

/** Where the debug server of a run on this state folder listens. */
export const debugSocketIn = (path: string): string => join(path, 'debug.sock');

const open = (path: string) => {
  ownFolder(path);
  const adminSocket = join(path, 'envoy-admin.sock');
  if (Buffer.byteLength(adminSocket) > longestSocket)
    throw new Error(
      `the state folder ${path} has too long a path for the sockets in it ` +
        `(expected at most ${longestSocket} bytes, got ${Buffer.byteLength(adminSocket)}); ` +
        'choose a shorter one with --state-dir',
    );
  const lock = takeLock(join(path, 'lock'));
  if (!('release' in lock)) return lock;
  return {
    path,
    adsSocket: join(path, 'ads.sock'),
    adminSocket,
    debugSocket: debugSocketIn(path),
    bootstrap: join(path, 'bootstrap.json'),
    envoyLog: join(path, 'envoy.log'),
    envoyOutput: join(path, 'envoy-output.log'),
    envoyRecord: join(path, 'envoy.json'),
    fallbackCertificate: join(path, 'fallback-certificate.pem'),
    release: lock.release,
  };
};

/** sun_path of unix(7) holds 108 bytes on Linux and 104 on macOS. */
const longestSocket = 100;

/** By number: in a container a user need not have a name. */
const ownUser = process.getuid?.() ?? -1;

/** Where state folders are that nobody chose: only this user can write there. */
export const baseFolder = (env: StateFolderOptions['env']): string => {
  const runtime = env['XDG_RUNTIME_DIR'];
  const perUser = `headgate-${ownUser}`;
  const preferred =
    runtime !== undefined && runtime !== '' && isFolder(runtime)
      ? join(runtime, 'headgate')
      : join(tmpdir(), perUser);
  // /tmp if the path of a socket would be too long.
  return Buffer.byteLength(preferred) > longestSocket - 36 ? join('/tmp', perUser) : preferred;
};

/**
 * Makes a folder of this user with mode 0700.
 *
 * Whoever could put a folder or a link of theirs in its place would be given the private keys.
 */
const ownFolder = (path: string): string => {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(
      `the state folder ${path} cannot be made: ${fileTrouble(error)}; choose another with --state-dir`,
      { cause: error },
    );
  }
  const status = lstatSync(path);
  if (!status.isDirectory() || status.uid !== ownUser)
    throw new Error(`the state folder ${path} is not a folder of this user; remove it`);
  if ((status.mode & 0o077) !== 0)
    throw new Error(
      `the state folder ${path} is open to other users ` +
        `(expected mode 700, got ${(status.mode & 0o777).toString(8)}); close it with chmod 700`,
    );
  return path;
};

const isFolder = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const canonical = (input: string): string => {
  try {
    return realpathSync(input);
  } catch {
    return resolve(input);
  }
};
