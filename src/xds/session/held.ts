import type { Collection } from '../../collection/collection.ts';
import { shareSubtrees } from '../../collection/trie/share-subtrees.ts';

/**
 * What an Envoy holds of one type, by name.
 *
 * It shares its subtrees with the snapshot wherever the versions are equal, so a thousand Envoys that
 * hold all of it take the memory of one.
 */
export type Held = Collection<string, Version>;

/** A resource, or only the version of one. */
export interface Version {
  readonly version: string;
}

/** Whether both are the same content. */
export const isSameVersion = (a: Version, b: Version): boolean => a.version === b.version;

/** The same versions, sharing memory with the present resources if they may be all of these. */
export const sharedWith = (held: Held, current: Held): Held =>
  held.size === current.size ? shareSubtrees(held, current, isSameVersion) : held;
