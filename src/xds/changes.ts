import { empty } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import type { Resource, ResourceName } from './resource.ts';
import type { Snapshot } from './snapshot.ts';
import { typeUrls } from './type-url.ts';

/** What happened to one resource. */
export interface ResourceChange extends ResourceName {
  readonly change: 'added' | 'updated' | 'removed';
}

/**
 * How one snapshot became another, at the cost of what changed; the first snapshot adds everything.
 */
export const snapshotChanges = (
  before: Snapshot['resources'] | undefined,
  after: Snapshot['resources'],
): readonly ResourceChange[] =>
  typeUrls.flatMap((typeUrl) =>
    diff(before?.[typeUrl] ?? empty<string, Resource>(), after[typeUrl])
      .filter((each) => each.before?.version !== each.after?.version)
      .map((each) => ({
        typeUrl,
        name: each.key,
        change:
          each.before === undefined ? 'added' : each.after === undefined ? 'removed' : 'updated',
      })),
  );
