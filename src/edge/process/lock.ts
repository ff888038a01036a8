import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

import type { ProcessIdentity } from './process-identity.ts';
import { identify, isAlive } from './process-identity.ts';

/** A file that says which living process owns something. */
interface Lock {
  readonly release: () => void;
}

/**
 * Takes the lock for this process; or says which living process holds it.
 *
 * A lock whose owner is dead is taken over. If several processes try that at once, exactly one
 * succeeds: the right to replace one given owner is itself a lock, and a process that gets it late
 * finds another owner and leaves.
 */
export const takeLock = (path: string): Lock | ProcessIdentity => {
  const self = identify(process.pid);
  if (self === undefined) throw new Error('expected to find this process among the running ones');
  const mine = `${self.pid} ${self.startedAt}`;
  if (create(path, mine)) return held(path, mine);

  const found = read(path);
  if (found === undefined) return takeLock(path);
  const owner = parse(found);
  if (owner !== undefined && isAlive(owner)) return owner;

  const succession = takeLock(`${path}.after-${owner?.pid ?? 'nobody'}`);
  if (!('release' in succession)) return succession;
  try {
    if (read(path) !== found) return takeLock(path);
    replace(path, mine);
    return held(path, mine);
  } finally {
    succession.release();
  }
};

const held = (path: string, mine: string): Lock => ({
  release: () => {
    if (read(path) === mine) rmSync(path, { force: true });
  },
});

/** A link appears with its content or not at all, and never replaces one that is there. */
const create = (path: string, content: string): boolean => {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content, { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const replace = (path: string, content: string): void => {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content, { mode: 0o600 });
  renameSync(draft, path);
};

const parse = (content: string): ProcessIdentity | undefined => {
  const [, pid, startedAt] = /^(\d+) (.+)$/.exec(content) ?? [];
  return startedAt === undefined ? undefined : { pid: Number(pid), startedAt };
};

const read = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
