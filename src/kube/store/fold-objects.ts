import { keys, withEdits, type Collection } from '../../collection/collection.ts';
import { editOf, type Edit } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { Kind, ObjectOf } from '../kind.ts';
import type { Applied, Decoded, Deleted, Listed } from '../kube-event.ts';

/** The objects of one kind after some events of that kind; what is equal keeps its identity. */
export const foldObjects = (
  objects: Objects,
  events: readonly (Listed | Applied | Deleted)[],
): Objects => {
  let folded = objects;
  let edits: ObjectEdit[] = [];
  for (const event of events) {
    switch (event._tag) {
      case 'Listed':
        folded = relisted(withEdits(folded, edits, equal), event.items);
        edits = [];
        break;
      case 'Applied':
        edits.push(...placed(event.item));
        break;
      case 'Deleted':
        edits.push(editOf<ObjectKey, ObjectOf<Kind>>(event.key, undefined));
        break;
    }
  }
  return withEdits(folded, edits, equal);
};

type Objects = Collection<ObjectKey, ObjectOf<Kind>>;

type ObjectEdit = Edit<ObjectKey, ObjectOf<Kind>>;

const placed = ({ key, object }: Decoded): readonly ObjectEdit[] =>
  object === undefined ? [] : [editOf<ObjectKey, ObjectOf<Kind>>(key, object)];

const relisted = (objects: Objects, items: readonly Decoded[]): Objects => {
  const present = new Set(items.map(({ key }) => key));
  const gone = [...keys(objects)].filter((key) => !present.has(key));
  return withEdits(
    objects,
    [
      ...gone.map((key) => editOf<ObjectKey, ObjectOf<Kind>>(key, undefined)),
      ...items.flatMap(placed),
    ],
    equal,
  );
};
