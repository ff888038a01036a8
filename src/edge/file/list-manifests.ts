import type { Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder holds, as paths below it. */
interface ManifestList {
  /** Every manifest, sorted. */
  readonly files: readonly string[];
  /** What could not be listed: files known from before, or a sub-folder, and the reason. */
  readonly blocked: ReadonlyMap<string, string>;
}

/** How many names a folder may have with all that is below it, and how deep that may be. */
interface ListLimits {
  readonly entries: number;
  readonly depth: number;
}

const usualLimits: ListLimits = { entries: 250_000, depth: 32 };

/**
 * Lists the manifests of a folder and of its sub-folders, hidden names left out. Links are followed where they stay in the
 * folder, as those of a mounted ConfigMap do: whoever may write into it has no right to other files of this machine.
 *
 * Fails when the folder itself cannot be listed, or has too many names. If a sub-folder cannot be listed, its files
 * `known` from before count as blocked and not as gone.
 */
export const listManifests = async (
  root: string,
  known: readonly string[],
  { entries: mostEntries, depth }: ListLimits = usualLimits,
): Promise<ManifestList> => {
  const files: string[] = [];
  const blocked = new Map<string, string>();
  const realRoot = await realpath(root);
  let entries = 0;
  const walk = async (folder: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(join(root, folder));
    if (above.includes(real)) return;
    if (above.length > depth) throw new Error(`is more than ${depth} folders deep`);
    for await (const entry of await opendir(join(root, folder))) {
      if (entry.name.startsWith('.')) continue;
      entries += 1;
      if (entries > mostEntries)
        throw new TooMany(`there are more than ${mostEntries} files in it`);
      const path = join(folder, entry.name);
      const kind = await kindOf(join(root, path), entry, realRoot);
      if (kind === 'outside') blocked.set(path, 'is a link that leads out of the folder');
      if (kind === 'file' && isManifest(entry.name)) files.push(path);
      if (kind === 'folder')
        await walk(path, [...above, real]).catch((error: unknown) => {
          if (error instanceof TooMany) throw error;
          if (isGone(error)) return;
          const inside = known.filter((file) => file.startsWith(`${path}/`));
          for (const file of inside.length === 0 ? [path] : inside)
            blocked.set(file, `cannot be listed: ${messageOf(error)}`);
        });
    }
  };
  await walk('', []);
  return { files: files.sort(), blocked };
};

/** Ends the whole walk: links can make few folders look like very many. */
class TooMany extends Error {}

/** The code of a system error, or what else it says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);

/** Whether a file or folder is not there (any more). */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(messageOf(error));

const isManifest = (name: string): boolean => /\.(?:ya?ml|json)$/.test(name);

/**
 * What a name stands for; links are followed inside of the folder. A link that cannot be followed counts as a
 * file, so that reading it says why. A link that leads nowhere is about to be removed and counts as nothing.
 */
const kindOf = async (
  path: string,
  entry: Dirent,
  root: string,
): Promise<'file' | 'folder' | 'outside' | undefined> => {
  try {
    if (entry.isSymbolicLink() && !isInside(root, await realpath(path))) return 'outside';
    const found = entry.isSymbolicLink() ? await stat(path) : entry;
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    return isGone(error) ? undefined : 'file';
  }
};

const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith('/') ? root : `${root}/`);
