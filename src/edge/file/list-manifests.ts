import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** What a folder holds, as paths below it. */
interface ManifestList {
  /** Every manifest, sorted. */
  readonly files: readonly string[];
  /** What could not be listed: files known from before, or a sub-folder, and the reason. */
  readonly blocked: ReadonlyMap<string, string>;
}

/**
 * Lists the manifests of a folder and of its sub-folders, links followed, hidden names left out.
 *
 * Fails when the folder itself cannot be listed. If a sub-folder cannot be listed, its files
 * `known` from before count as blocked and not as gone.
 */
export const listManifests = async (
  root: string,
  known: readonly string[],
): Promise<ManifestList> => {
  const files: string[] = [];
  const blocked = new Map<string, string>();
  const walk = async (folder: string, above: readonly string[]): Promise<void> => {
    const real = await realpath(join(root, folder));
    if (above.includes(real)) return;
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (entry.name.startsWith('.')) continue;
      const path = join(folder, entry.name);
      const kind = await kindOf(join(root, path), entry);
      if (kind === 'file' && isManifest(entry.name)) files.push(path);
      if (kind === 'folder')
        await walk(path, [...above, real]).catch((error: unknown) => {
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

/** The code of a system error, or what else it says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error);

/** Whether a file or folder is not there (any more). */
export const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(messageOf(error));

const isManifest = (name: string): boolean => /\.(?:ya?ml|json)$/.test(name);

/**
 * What a name stands for; links are followed. A link that cannot be followed counts as a file, so
 * that reading it says why. A link that leads nowhere is about to be removed and counts as nothing.
 */
const kindOf = async (path: string, entry: Dirent): Promise<'file' | 'folder' | undefined> => {
  try {
    const found = entry.isSymbolicLink() ? await stat(path) : entry;
    if (found.isFile()) return 'file';
    return found.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    return isGone(error) ? undefined : 'file';
  }
};
