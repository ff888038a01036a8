import { map, tap } from 'rxjs';

import { directory } from '../../streams/directory.ts';
import { fallbackCertificate } from '../edge/fallback-certificate.ts';
import { openFolder } from '../edge/folder.ts';
import { withFallbackSecret } from '../kube/fallback-secret.ts';
import type { ManifestSet } from '../manifest/manifest-set.ts';
import { showProblem } from '../problem/show-problem.ts';
import { problemLine } from './problem-lines.ts';
import { openPublishing, type PublishingOptions } from './publishing.ts';
import type { ServedSource } from './serve.ts';

/** A folder to serve. */
export interface FolderSourceOptions extends PublishingOptions {
  readonly configDir: string;
}

/** Serves a folder of manifests, by change. */
export const folderSource = ({ configDir, ...options }: FolderSourceOptions): ServedSource => ({
  input: configDir,
  open: async (serving) => {
    const folder = await openFolder(configDir);
    const fallback = await fallbackCertificate(
      serving.state.fallbackCertificate,
      options.namespace,
    );
    const { publish, close } = await openPublishing(options, serving);
    let manifests: ManifestSet | undefined;
    const events$ = directory(folder).pipe(
      tap((found) => {
        manifests = found.manifests;
      }),
      map(({ events }) => events.map(withFallbackSecret(fallback))),
    );
    return {
      publish: (verdicts$) => publish(events$, verdicts$),
      show: (problem) =>
        manifests === undefined ? showProblem(problem) : problemLine(manifests, problem),
      close,
    };
  },
});
