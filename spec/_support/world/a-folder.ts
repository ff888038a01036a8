import { defer, map, throwError, type Observable } from 'rxjs';

import type { KubeEvent } from '../../../src/kube/kube-event.ts';
import type { FolderFile, Found } from '../../../src/manifest/reading.ts';
import type { Folder } from '../../../streams/directory.ts';

/** A file with one resolver of the given name. */
export const aFile = (file: string, name: string): FolderFile => ({
  file,
  text: `{apiVersion: getambassador.io/v3alpha1, kind: KubernetesServiceResolver, metadata: {name: ${name}}}`,
});

/** A folder whose first read gives the first of these, and so on; the last one stays. */
export const aFolder = (
  changes$: Observable<unknown>,
  ...reads: readonly Observable<readonly FolderFile[]>[]
): Folder => {
  let count = 0;
  const read = (): Observable<readonly FolderFile[]> =>
    defer(() => {
      const next = reads[Math.min(count, reads.length - 1)];
      count += 1;
      return next ?? throwError(() => new Error('expected no read'));
    });
  return { path: 'manifests', changes$, read };
};

/** What was found, as one word for each event; `~` for an object that is in force in a former version. */
export const words = (found$: Observable<Found>): Observable<string> =>
  found$.pipe(map(({ events }) => events.flatMap(word).join(' ')));

const word = (event: KubeEvent): readonly string[] => {
  switch (event._tag) {
    case 'Listed':
      return event.items.map(({ key }) => `${key}!`);
    case 'Applied':
      return [`${event.item.former === true ? '~' : '+'}${event.item.key}`];
    case 'Deleted':
      return [`-${event.key}`];
    case 'Reported':
      return [`${event.origin}: ${event.problems.length}`];
  }
};
