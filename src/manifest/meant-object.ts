import { keys } from '../collection/collection.ts';
import { keyParts, objectRef, refParts, type ObjectRef } from '../ir/object-ref.ts';
import { nearest } from '../problem/nearest.ts';
import type { Problem } from '../problem/problem.ts';
import type { ManifestSet } from './manifest-set.ts';

/**
 * A problem with the object that a reference to nothing may be meant for: one of the same name in another
 * namespace, else one of the same namespace with nearly this name.
 */
export const withMeantObject =
  ({ claims }: Pick<ManifestSet, 'claims'>) =>
  (problem: Problem): Problem => {
    if (problem._tag !== 'NotFound' || problem.nearest !== undefined) return problem;
    const meant = meantObject(problem.target, keys(claims));
    return meant === undefined ? problem : { ...problem, nearest: meant };
  };

const meantObject = (target: ObjectRef, known: Iterable<ObjectRef>): ObjectRef | undefined => {
  const [kind, key] = refParts(target);
  const [namespace, name] = keyParts(key);
  const siblings = [...known].map(refParts).filter(([one]) => one === kind);
  const places = siblings.map(([, one]) => keyParts(one));
  const elsewhere = places.filter((place) => place[1] === name).map(([place]) => place);
  const [first] = elsewhere.toSorted();
  if (first !== undefined) return objectRef(kind, `${first}/${name}`);
  const around = places.filter(([place]) => place === namespace).map((place) => place[1]);
  const meant = nearest(name, around);
  return meant === undefined ? undefined : objectRef(kind, `${namespace}/${meant}`);
};
