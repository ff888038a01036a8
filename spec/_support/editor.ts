import { renameSync, rmSync, writeFileSync } from 'node:fs';

import type { Manifest } from './builders.ts';

/** How editors and tools save a file. */
export const savings = ['InPlace', 'Renamed', 'Recreated'] as const;
export type Saving = (typeof savings)[number];

/** Writes manifests into a file. */
export const save = (
  path: string,
  manifests: readonly Manifest[],
  saving: Saving = 'Renamed',
): void => {
  const text = manifests.map((manifest) => `---\n${JSON.stringify(manifest, null, 2)}\n`).join('');
  switch (saving) {
    case 'InPlace':
      writeFileSync(path, text);
      return;
    case 'Renamed':
      writeFileSync(`${path}.tmp`, text);
      renameSync(`${path}.tmp`, path);
      return;
    case 'Recreated':
      rmSync(path, { force: true });
      writeFileSync(path, text);
  }
};
