import { stat } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { watch } from 'chokidar';
import { connect, EMPTY, first, interval, merge, Observable, switchMap } from 'rxjs';

import type { Folder } from '../../../streams/directory.ts';
import type { FolderFile } from '../../manifest/reading.ts';
import { listManifests } from './list-manifests.ts';
import { readStable, unreadable, type StableFile } from './read-stable.ts';

/** A folder that is there. */
interface OpenFolder extends Folder {
  readonly read: () => Promise<readonly FolderFile[]>;
}

/** How many files are read at the same time. */
const atOnce = 64;

/** How often a folder is looked at when it cannot be watched, in milliseconds. */
const lookEvery = 1_000;

/**
 * A folder of manifests on disk, with its sub-folders.
 *
 * Hidden files and folders are left out, so of a mounted ConfigMap the visible links are read, once.
 * A file is read when it has not changed for `quiet` milliseconds. Fails when there is no such
 * folder; when it goes away later, a read fails and says so.
 */
export const openFolder = async (path: string, quiet = 40): Promise<OpenFolder> => {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory() !== true)
    throw new Error(
      `expected a folder of manifests at ${path}, found ${found === undefined ? 'nothing' : 'a file'}`,
    );
  let known: ReadonlyMap<string, StableFile> = new Map();
  const read = async (): Promise<readonly FolderFile[]> => {
    const { files, blocked } = await listManifests(path, [...known.keys()]);
    const next = new Map<string, StableFile>();
    for (const [file, reason] of blocked)
      next.set(file, unreadable(join(path, file), reason, known.get(file)));
    for (let at = 0; at < files.length; at += atOnce)
      await Promise.all(
        files.slice(at, at + atOnce).map(async (file) => {
          const stable = await readStable(join(path, file), quiet, known.get(file));
          if (stable !== undefined) next.set(file, stable);
        }),
      );
    known = next;
    return [...next].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { content }]) => content);
  };
  return { path, changes$: changesOf(path), read };
};

/** Whatever the watcher says; if it cannot watch something, a look from time to time as well. */
const changesOf = (path: string): Observable<unknown> =>
  new Observable<'changed' | 'blind'>((subscriber) => {
    const changed = (): void => subscriber.next('changed');
    const watcher = watch(path, {
      ...{ ignoreInitial: true, atomic: false, followSymlinks: false },
      ignored: isOutOfSight(path),
    })
      .on('ready', changed)
      .on('all', changed)
      .on('raw', changed)
      .on('error', () => subscriber.next('blind'));
    return () => {
      void watcher.close();
    };
  }).pipe(
    connect((seen$) =>
      merge(
        seen$,
        seen$.pipe(
          first((seen) => seen === 'blind', undefined),
          switchMap((blind) => (blind === undefined ? EMPTY : interval(lookEvery))),
        ),
      ),
    ),
  );

/**
 * What lies in a hidden folder needs no watch of its own: a swap shows in the folder above. Nor does what a link leads
 * to: it is in the folder, and is watched there.
 */
const isOutOfSight =
  (root: string) =>
  (path: string): boolean =>
    /(?:^|[/])[.][^/]*[/]/.test(relative(root, path));
