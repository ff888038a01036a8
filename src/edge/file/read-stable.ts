import { open, stat } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

import type { FolderFile } from '../../manifest/reading.ts';
import { sizeLimits } from '../../yaml/size-limits.ts';
import { isGone, messageOf } from './list-manifests.ts';

/** A file as it was when nobody was writing to it. */
export interface StableFile {
  /** Equal as long as the file is untouched. */
  readonly version: string;
  readonly content: FolderFile;
}

/** The time of day in milliseconds, and waiting. */
interface Clock {
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

/** How long to wait for a file that keeps changing, in milliseconds. */
const patience = 500;

/**
 * Reads a file when it has not changed for `quiet` milliseconds; `undefined` when it is gone.
 *
 * `known` is returned as it is if the file is untouched, and also while somebody keeps writing to
 * the file: half a file is never read. A file that had text and is empty now was most likely
 * truncated by somebody who is about to write it, so it is believed to be empty only after a longer
 * rest. A file whose last change is `quiet` ago cannot change again within the granularity of its
 * time stamps, so an equal version means equal content.
 */
export const readStable = async (
  path: string,
  quiet: number,
  known: StableFile | undefined,
  clock: Clock = timeOfDay,
): Promise<StableFile | undefined> => {
  for (const end = clock.now() + patience; clock.now() <= end;) {
    const before = await lookAt(path);
    if (typeof before === 'string') return unreadable(path, before, known);
    if (before === undefined || before.version === known?.version) return before && known;
    const wanted = before.size === 0 && hasText(known) ? patience : quiet;
    const rest = Math.min(wanted, wanted - (clock.now() - before.changed));
    if (rest > 0) await clock.sleep(rest + 1);
    const content = await contentOf(path, before);
    const after = await lookAt(path);
    if (after === undefined) return undefined;
    if (typeof after === 'object' && after.version === before.version)
      return { version: after.version, content: sameAs(known, content) };
  }
  return known ?? unreadable(path, 'is being written to all the time', known);
};

/** A file that cannot be read; the same content as before if the reason is the same. */
export const unreadable = (
  file: string,
  reason: string,
  known: StableFile | undefined,
): StableFile => ({ version: '', content: sameAs(known, { file, unreadable: reason }) });

const timeOfDay: Clock = { now: Date.now, sleep: setTimeout };

const hasText = (known: StableFile | undefined): boolean =>
  known !== undefined && 'text' in known.content && known.content.text !== '';

interface Look {
  readonly version: string;
  readonly size: number;
  /** When content, size, name or permissions were last changed; nobody can set it. */
  readonly changed: number;
}

/** The metadata of a file, why they cannot be read, or `undefined` when the file is gone. */
const lookAt = async (path: string): Promise<Look | string | undefined> => {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return {
      version: [ino, size, mtimeNs, ctimeNs].join(':'),
      size: Number(size),
      changed: Number(ctimeNs / 1_000_000n),
    };
  } catch (error) {
    return isGone(error) ? undefined : `cannot be read: ${messageOf(error)}`;
  }
};

const contentOf = async (file: string, { size }: Look): Promise<FolderFile> => {
  if (size > sizeLimits.file)
    return { file, unreadable: `is ${size} bytes long, expected at most ${sizeLimits.file}` };
  try {
    const handle = await open(file);
    try {
      const buffer = Buffer.alloc(size);
      const { bytesRead } = await handle.read(buffer, 0, size, 0);
      return { file, text: decoder.decode(buffer.subarray(0, bytesRead)) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return error instanceof TypeError
      ? { file, unreadable: 'is not UTF-8 text' }
      : { file, unreadable: `cannot be read: ${messageOf(error)}` };
  }
};

/** Refuses what is not UTF-8; drops a byte order mark. */
const decoder = new TextDecoder('utf-8', { fatal: true });

const sameAs = (known: StableFile | undefined, content: FolderFile): FolderFile =>
  known !== undefined && isSame(known.content, content) ? known.content : content;

const isSame = (a: FolderFile, b: FolderFile): boolean =>
  'text' in a
    ? 'text' in b && a.text === b.text
    : 'unreadable' in b && a.unreadable === b.unreadable;
