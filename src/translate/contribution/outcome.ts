import type { Collection } from '../../collection/collection.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';

/** What an object of which something is in the configuration has there. */
export interface InEffect {
  /** What took it in, each once: the Listeners of a Host, the Hosts of a Mapping. */
  readonly parents: readonly ObjectRef[];
  /** Whether it serves a certificate of its own. */
  readonly certified?: true;
}

/**
 * What became of all objects of one kind.
 *
 * The entries are whatever the language has anyway; what they mean is worked out for one object when
 * somebody asks. An object without an entry, or one of which nothing is made, has no effect.
 */
export interface KindOutcomes<V = unknown> {
  readonly kind: string;
  readonly entries: Collection<ObjectKey, V>;
  // A method, so that a list can hold the outcomes of kinds with different entries.
  outcomeOf(entry: V): InEffect | undefined;
}
