import { renameSync, rmSync, writeFileSync } from 'node:fs';

import type { Manifest } from './builders.ts';

/** How editors and tools save a file. */
export const savings = ['InPlace', 'Renamed', 'Recreated'] as const;

/** One of them. */
/** One of those ways. */
export type Saving = (typeof savings)[number];

/**
 * Writes manifests into a file; gives for how many milliseconds the file was not there as a whole,
 * which can be long when this process has to wait for a processor.
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
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
      return 0;
    case 'Recreated':
      rmSync(path, { force: true });
      writeFileSync(path, text);
  }
  return performance.now() - began;
};
