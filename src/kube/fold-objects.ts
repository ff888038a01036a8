import { get, keys, remove, set, type Collection } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import type { ObjectKey } from '../ir/object-ref.ts';
import type { Kind, ObjectOf } from './kind.ts';
import type { Applied, Decoded, Deleted, Listed } from './kube-event.ts';

/** The objects of one kind after some events of that kind; what is equal keeps its identity. */
export const foldObjects = (
  objects: Objects,
  events: readonly (Listed | Applied | Deleted)[],
): Objects => {
  let folded = objects;
  for (const event of events) {
    switch (event._tag) {
      case 'Listed':
        folded = relisted(folded, event.items);
        break;
      case 'Applied':
        folded = placed(folded, event.item);
        break;
      case 'Deleted':
        folded = remove(folded, event.key);
        break;
    }
  }
  return folded;
};

type Objects = Collection<ObjectKey, ObjectOf<Kind>>;

const placed = (objects: Objects, { key, object }: Decoded): Objects =>
  object === undefined || equal(get(objects, key), object) ? objects : set(objects, key, object);

const relisted = (objects: Objects, items: readonly Decoded[]): Objects => {
  const present = new Set(items.map(({ key }) => key));
  const gone = [...keys(objects)].filter((key) => !present.has(key));
  return items.reduce(placed, gone.reduce(remove, objects));
};
