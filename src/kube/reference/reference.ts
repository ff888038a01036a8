import { objectRef, refParts, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import {
  carrierKinds,
  isKind,
  kinds,
  kindTable,
  referencesOf,
  type Kind,
  type ObjectOf,
} from '../kind.ts';

/** Names an object of a kind that is read only where it is referred to. */
export type Reference = `${Kind} ${ObjectKey}`;

/** The reference to an object. */
export const referenceTo = (kind: Kind, key: ObjectKey): Reference =>
  objectRef(kind, key) as Reference;

/** The kind and the key in a reference. */
export const referenceParts = (reference: Reference): readonly [kind: Kind, key: ObjectKey] =>
  refParts(reference) as readonly [Kind, ObjectKey];

/** The kinds of which only those objects are read that others refer to. */
export const fetchedKinds: readonly Kind[] = kinds.filter(
  (kind) => kindTable[kind].isFetched === true,
);

/** The kinds whose objects refer to such objects, or carry objects that do. */
export const referringKinds: readonly Kind[] = kinds.filter(
  (kind) => kindTable[kind].refersTo !== undefined || carrierKinds.includes(kind),
);

/** What an object refers to and must be fetched for it. */
export const referencesIn = (kind: Kind, object: ObjectOf<Kind>): readonly Reference[] =>
  referencesOf(kind, object).filter(isReference);

const isReference = (ref: ObjectRef): ref is Reference => {
  const [kind] = refParts(ref);
  return isKind(kind) && fetchedKinds.includes(kind);
};
