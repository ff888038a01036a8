import { withEdits, type Collection } from '../collection/collection.ts';
import { diff } from '../collection/diff.ts';
import { editOf } from '../collection/edit.ts';
import type { ObjectKey } from '../ir/object-ref.ts';
import { kinds, type Kind, type ObjectOf } from './kind.ts';
import type { ObjectStore, SyncedStore } from './object-store.ts';

/**
 * The stores on the way from one to another, each at most so many objects farther; the last one is
 * the other itself.
 *
 * What others refer to comes before them, so that little is made twice on the way. None of these was
 * ever what a cluster held: they are steps for work that is done by change.
 */
export function* storesBetween(
  before: ObjectStore,
  after: SyncedStore,
  most: number,
): Generator<SyncedStore> {
  let { objects } = before;
  for (const kind of inOrder)
    for (const ofKind of collectionsBetween<ObjectOf<Kind>>(
      objects[kind],
      after.objects[kind],
      most,
    )) {
      objects = { ...objects, [kind]: ofKind };
      yield { ...after, objects, problems: before.problems };
    }
  yield after;
}

/**
 * Mappings forward to what is in the other kinds, and Hosts take them. Hosts come first all the same:
 * as long as there is none, a default one takes every Mapping, and would let go of all of them at once.
 */
const inOrder: readonly Kind[] = [
  ...kinds.filter((kind) => kind !== 'Mapping' && kind !== 'Host'),
  'Host',
  'Mapping',
];

function* collectionsBetween<V>(
  before: Collection<ObjectKey, V>,
  after: Collection<ObjectKey, V>,
  most: number,
): Generator<Collection<ObjectKey, V>> {
  const changes = diff(before, after);
  let collection = before;
  for (let at = 0; at < changes.length; at += most) {
    const slice = changes.slice(at, at + most);
    yield (collection = withEdits(
      collection,
      slice.map(({ key, after: value }) => editOf(key, value)),
    ));
  }
}
