import { empty, get, keys, remove, set, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { atOnce } from '../../collection/work.ts';
import { objectRef, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import type { Kind, ObjectOf } from '../kind.ts';
import type { Decoded, KubeEvent } from '../kube-event.ts';
import { isNotice, type Notice } from './notice.ts';
import { referencesIn, referringKinds, type Reference } from './reference.ts';

/** Which objects are referred to, and by which. */
export interface References {
  /** What each object refers to. */
  readonly references: Referring;
  readonly referenced: Grouped<ObjectRef, readonly Reference[], Reference, true>;
}

type Referring = Collection<ObjectRef, readonly Reference[]>;

/** Whether an object is for this installation, so that what it refers to is fetched. */
export type IsOurs = (kind: Kind, object: ObjectOf<Kind>) => boolean;

const byReference = atOnce(
  groupBy<ObjectRef, readonly Reference[], Reference, true>((references) =>
    references.map((reference) => [reference, true]),
  ),
);

/** Nothing refers to anything. */
export const noReferences: References = {
  references: empty(),
  referenced: byReference(undefined, empty()),
};

/** Learns from events what our objects refer to. */
export const referencesAfter =
  (isOurs: IsOurs) =>
  (before: References, news: readonly (KubeEvent | Notice)[]): References => {
    const references = news.reduce(referringAfter(isOurs), before.references);
    return { references, referenced: byReference(before.referenced, references) };
  };

const referringAfter =
  (isOurs: IsOurs) =>
  (references: Referring, news: KubeEvent | Notice): Referring => {
    if (isNotice(news) || news._tag === 'Reported') return references;
    const { kind } = news;
    if (!referringKinds.includes(kind)) return references;
    const refer = (rest: Referring, item: Decoded): Referring => {
      const ref = objectRef(kind, item.key);
      const to = referencesOfItem(isOurs, kind, item, get(rest, ref));
      if (to === undefined) return rest;
      return to.length === 0 ? remove(rest, ref) : set(rest, ref, to);
    };
    if (news._tag === 'Applied') return refer(references, news.item);
    if (news._tag === 'Deleted') return remove(references, objectRef(kind, news.key));
    const present = new Set(news.items.map(({ key }) => key));
    const gone = [...keys(references)].filter((ref) => {
      const [itsKind, key] = refParts(ref);
      return itsKind === kind && !present.has(key);
    });
    return news.items.reduce(refer, gone.reduce(remove, references));
  };

/** What an object refers to, with all that it carries; undefined where that stays as it was. */
const referencesOfItem = (
  isOurs: IsOurs,
  kind: Kind,
  { object, carries }: Decoded,
  before: readonly Reference[] = [],
): readonly Reference[] | undefined => {
  if (object === undefined && carries === undefined) return undefined;
  const { objects, isWhole } = carries ?? { objects: [], isWhole: true };
  const all = [{ kind, item: { object } }, ...objects].flatMap((one) =>
    one.item.object !== undefined && isOurs(one.kind, one.item.object)
      ? referencesIn(one.kind, one.item.object)
      : [],
  );
  // What cannot be read in an annotation may be what referred to something before.
  const isReadable = isWhole && objects.every(({ item }) => item.object !== undefined);
  return isReadable ? all : [...new Set([...before, ...all])];
};
