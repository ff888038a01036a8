import { get, keys, remove, set, type Collection } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import { objectRef, type ObjectRef } from '../ir/object-ref.ts';
import type { Kind } from './kind.ts';
import type { Decoded, KubeEvent, ObjectVersion } from './kube-event.ts';

/** The versions in which the objects came last, also of those that their codec refused. */
export const foldVersions = (versions: Versions, events: readonly KubeEvent[]): Versions => {
  let folded = versions;
  for (const event of events) {
    switch (event._tag) {
      case 'Listed':
        folded = relisted(folded, event.kind, event.items);
        break;
      case 'Applied':
        folded = seen(folded, event.kind, event.item);
        break;
      case 'Deleted':
        folded = remove(folded, objectRef(event.kind, event.key));
        break;
      case 'Reported':
        break;
    }
  }
  return folded;
};

type Versions = Collection<ObjectRef, ObjectVersion>;

const seen = (versions: Versions, kind: Kind, { key, version }: Decoded): Versions => {
  const ref = objectRef(kind, key);
  if (version === undefined) return remove(versions, ref);
  return equal(get(versions, ref), version) ? versions : set(versions, ref, version);
};

const relisted = (versions: Versions, kind: Kind, items: readonly Decoded[]): Versions => {
  const present = new Set(items.map(({ key }) => objectRef(kind, key)));
  const gone = [...keys(versions)].filter((ref) => ref.startsWith(`${kind} `) && !present.has(ref));
  return items.reduce(
    (rest, item) => seen(rest, kind, item),
    gone.reduce((rest, ref) => remove(rest, ref), versions),
  );
};
