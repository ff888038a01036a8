import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import type { Manifest } from './builders.ts';

/** How editors and tools save a file. */
export const savings = ['InPlace', 'Renamed', 'Recreated'] as const;

/** One of those ways. */
export type Saving = (typeof savings)[number];

/** As an editor saves: the file is there as a whole or not at all. */
export const replaceFile = (path: string, text: string): void => {
  const part = join(dirname(path), `.${basename(path)}.part`);
  writeFileSync(part, text);
  renameSync(part, path);
};

/**
 * Writes manifests into a file. Returns for how many milliseconds the file was not complete, which
 * can be long if this process has to wait for a processor.
 */
export const save = (
  path: string,
  manifests: readonly Manifest[],
  saving: Saving = 'Renamed',
): number => {
  const text = manifests.map((manifest) => `---\n${JSON.stringify(manifest, null, 2)}\n`).join('');
  const began = performance.now();
  switch (saving) {
    case 'InPlace':
      writeFileSync(path, text);
      break;
    case 'Renamed':
      replaceFile(path, text);
      return 0;
    case 'Recreated':
      rmSync(path, { force: true });
      writeFileSync(path, text);
  }
  return performance.now() - began;
};
