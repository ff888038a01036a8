import { map, tap } from 'rxjs';

import { directory } from '../../../streams/directory.ts';
import { recalled } from '../../../streams/recalled.ts';
import { openFolder } from '../../edge/file/folder.ts';
import { withFallbackSecret } from '../../kube/secret/fallback-secret.ts';
import { locateProblem } from '../../manifest/locate-problem.ts';
import { locate, type ManifestSet } from '../../manifest/manifest-set.ts';
import type { Source } from './source.ts';

/** A folder of manifests, by change. */
export const folderSource = (configDir: string, mostBytes?: number): Source => ({
  input: configDir,
  open: async ({ fallback, lastGood }) => {
    const folder = await openFolder(configDir);
    let manifests: ManifestSet | undefined;
    return {
      events$: directory({ ...folder, lastGood, mostBytes }).pipe(
        tap((found) => {
          manifests = found.manifests;
        }),
        map(({ events }) => events),
        recalled(lastGood),
        map((events) => events.map(withFallbackSecret(fallback))),
      ),
      placeOf: (problem) =>
        manifests === undefined ? undefined : locateProblem(manifests, problem),
      fileOf: (object) =>
        manifests === undefined ? undefined : locate(manifests, object, '')?.file,
      close: () => Promise.resolve(),
    };
  },
});
