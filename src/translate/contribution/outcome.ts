import type { Collection } from '../../collection/collection.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { Report } from './report.ts';

/** What became of an object. */
export interface ObjectOutcome {
  /** Whether anything of it is in the configuration. */
  readonly inEffect: boolean;
  /** Whether it has a certificate that can be served. */
  readonly certified?: true;
  /** What its owner is told, where a language has conditions of its own; else those of Emissary's kinds. */
  readonly report?: Report;
}

/**
 * What became of all objects of one kind, which belongs to this language alone.
 *
 * The entries are values that the language has anyway; `outcomeOf` and `parentsOf` are computed
 * from an entry alone, when they are needed. An object without an entry has no effect.
 */
export interface KindOutcomes<V = unknown> {
  readonly kind: string;
  readonly entries: Collection<ObjectKey, V>;
  // Methods, so that a list can hold the outcomes of kinds with different entries.
  outcomeOf(entry: V): ObjectOutcome;
  /** The objects that took this one, each once: the Listeners of a Host, the Hosts of a Mapping. */
  parentsOf(entry: V): readonly ObjectRef[];
}
