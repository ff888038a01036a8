import { keys, withEdits, type Collection } from '../../collection/collection.ts';
import { editOf, type Edit } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import { objectRef } from '../../ir/object-ref.ts';
import type { Kind } from '../kind.ts';
import type { Decoded, KubeEvent, Reported } from '../kube-event.ts';

/** What is kept of an object, and of what a source said about itself; nothing if undefined. */
interface Kept<V> {
  readonly ofObject: (item: Decoded) => V | undefined;
  readonly ofSource: (event: Reported) => V | undefined;
}

/**
 * Folds events into a collection with one entry for each object, by `ObjectRef`, and one for each
 * source, by origin.
 *
 * Each object and each origin replaces what it said before; what is equal keeps its identity.
 */
export const foldEntries = <V>({ ofObject, ofSource }: Kept<V>) => {
  const applied = (kind: Kind, item: Decoded): Edit<string, V> =>
    editOf(objectRef(kind, item.key), ofObject(item));
  const relisted = (
    entries: Entries<V>,
    kind: Kind,
    items: readonly Decoded[],
  ): readonly Edit<string, V>[] => {
    const edits = items.map((item) => applied(kind, item));
    const present = new Set(edits.map(({ key }) => key));
    const gone = [...keys(entries)].filter(
      (key) => key.startsWith(`${kind} `) && !present.has(key),
    );
    return [...gone.map((key) => editOf<string, V>(key, undefined)), ...edits];
  };
  const saysSomething = (event: KubeEvent): boolean => {
    switch (event._tag) {
      case 'Listed':
        return event.items.some((item) => ofObject(item) !== undefined);
      case 'Applied':
        return ofObject(event.item) !== undefined;
      case 'Deleted':
        return false;
      case 'Reported':
        return ofSource(event) !== undefined;
    }
  };
  return (entries: Entries<V>, events: readonly KubeEvent[]): Entries<V> => {
    if (entries.size === 0 && !events.some(saysSomething)) return entries;
    let folded = entries;
    let edits: Edit<string, V>[] = [];
    for (const event of events) {
      switch (event._tag) {
        case 'Listed':
          folded = withEdits(folded, edits, equal);
          folded = withEdits(folded, relisted(folded, event.kind, event.items), equal);
          edits = [];
          break;
        case 'Applied':
          edits.push(applied(event.kind, event.item));
          break;
        case 'Deleted':
          edits.push(editOf<string, V>(objectRef(event.kind, event.key), undefined));
          break;
        case 'Reported':
          edits.push(editOf(event.origin, ofSource(event)));
          break;
      }
    }
    return withEdits(folded, edits, equal);
  };
};

type Entries<V> = Collection<string, V>;
