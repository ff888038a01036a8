import { empty, get, type Collection } from '../../collection/collection.ts';
import { objectRef, type ObjectRef } from '../../ir/object-ref.ts';
import type { Carried } from '../kube-event.ts';

/** The objects in annotations. */
export interface Annotated {
  /** What each object carries. */
  readonly carried: Collection<ObjectRef, readonly Carried[]>;
  /** Who wants to be the object of a name: those in annotations, and whether there is one in none. */
  readonly claims: Collection<ObjectRef, NameClaims>;
  /** What is carried in these namespaces counts before what is carried in others: with isolation, the trusted ones. */
  readonly foremost: readonly string[];
}

/** Who wants to be one object. */
export interface NameClaims {
  /** Whether there is an object of this name in no annotation: then it counts, and none of the others. */
  readonly isTaken: boolean;
  /** In annotations; the first counts: those of foremost namespaces, then those of its own. */
  readonly claims: readonly AnnotatedObject[];
}

/** An object in an annotation. */
export interface AnnotatedObject extends Carried {
  readonly carrier: ObjectRef;
}

/** Nothing is in annotations. */
export const noAnnotated: Annotated = { carried: empty(), claims: empty(), foremost: [] };

/** Of a name the object that counts, if that is in an annotation. */
export const annotatedObject = (
  { claims }: Pick<Annotated, 'claims'>,
  object: ObjectRef,
): AnnotatedObject | undefined => {
  const found = get(claims, object);
  return found === undefined || found.isTaken ? undefined : found.claims[0];
};

/** An object, and those that it carries. */
export const withCarried = ({ carried }: Annotated, object: ObjectRef): readonly ObjectRef[] => [
  object,
  ...(get(carried, object) ?? []).map(({ kind, item }) => objectRef(kind, item.key)),
];
