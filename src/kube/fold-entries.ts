import { get, keys, remove, set, type Collection } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import { objectRef } from '../ir/object-ref.ts';
import type { Decoded, KubeEvent, Reported } from './kube-event.ts';
import type { Kind } from './kind.ts';

/** What is kept of an object, and of what a source said about itself; nothing if undefined. */
export interface Kept<V> {
  readonly ofObject: (item: Decoded) => V | undefined;
  readonly ofSource: (event: Reported) => V | undefined;
}

/**
 * Folds events into a collection with one entry an object, by `ObjectRef`, and one a source, by origin.
 *
 * Each object and each origin replaces what it said before; what is equal keeps its identity.
 */
export const foldEntries = <V>({ ofObject, ofSource }: Kept<V>) => {
  const said = (entries: Entries<V>, key: string, now: V | undefined): Entries<V> => {
    if (now === undefined) return remove(entries, key);
    return equal(get(entries, key), now) ? entries : set(entries, key, now);
  };
  const applied = (entries: Entries<V>, kind: Kind, item: Decoded): Entries<V> =>
    said(entries, objectRef(kind, item.key), ofObject(item));
  const relisted = (entries: Entries<V>, kind: Kind, items: readonly Decoded[]): Entries<V> => {
    const present = new Set<string>(items.map(({ key }) => objectRef(kind, key)));
    const gone = [...keys(entries)].filter(
      (key) => key.startsWith(`${kind} `) && !present.has(key),
    );
    return items.reduce(
      (rest, item) => applied(rest, kind, item),
      gone.reduce((rest, key) => remove(rest, key), entries),
    );
  };
  const folded = (entries: Entries<V>, event: KubeEvent): Entries<V> => {
    switch (event._tag) {
      case 'Listed':
        return relisted(entries, event.kind, event.items);
      case 'Applied':
        return applied(entries, event.kind, event.item);
      case 'Deleted':
        return remove(entries, objectRef(event.kind, event.key));
      case 'Reported':
        return said(entries, event.origin, ofSource(event));
    }
  };
  return (entries: Entries<V>, events: readonly KubeEvent[]): Entries<V> =>
    events.reduce(folded, entries);
};

type Entries<V> = Collection<string, V>;
