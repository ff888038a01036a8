import { get, remove, set, type Collection } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import type { ObjectRef } from '../ir/object-ref.ts';
import type { Kind } from '../kube/kind.ts';
import type { Decoded } from '../kube/kube-event.ts';
import type { Problem } from '../problem/problem.ts';
import type { ManifestObject } from './manifest.ts';

/** One definition of an object. */
export interface Claim {
  readonly object: ObjectRef;
  readonly kind: Kind;
  readonly item: Decoded;
  readonly file: string;
  /** The place among the objects of its file. */
  readonly index: number;
  readonly position: ManifestObject['position'];
  /** Says that another definition counts; only of meaning behind the first. */
  readonly duplicate?: Problem;
}

/** All definitions of each object, sorted by file; the first counts. */
export type Claims = Collection<ObjectRef, readonly Claim[]>;

/** The claims with those of one more file. */
export const withClaims = (claims: Claims, added: readonly Claim[]): Claims =>
  added.reduce(
    (rest, claim) => set(rest, claim.object, ranked([...(get(rest, claim.object) ?? []), claim])),
    claims,
  );

/** The claims without those of one file. */
export const withoutClaims = (claims: Claims, gone: readonly Claim[]): Claims =>
  gone.reduce((rest, { object, file }) => {
    const others = (get(rest, object) ?? []).filter((claim) => claim.file !== file);
    return others.length === 0 ? remove(rest, object) : set(rest, object, ranked(others));
  }, claims);

/** The object that counts, with a problem for each definition that does not. */
export const effective = (claims: readonly Claim[]): Decoded | undefined => {
  const [first] = claims;
  if (first === undefined || claims.length === 1) return first?.item;
  const duplicates = claims.slice(1).flatMap(({ duplicate = [] }) => duplicate);
  return { ...first.item, problems: [...first.item.problems, ...duplicates] };
};

const ranked = (claims: readonly Claim[]): readonly Claim[] => {
  const [first, ...others] = claims.toSorted(byPlace);
  if (first === undefined || others.length === 0) return claims;
  const other = `${first.file}:${first.position('').line}`;
  return [
    first,
    ...others.map((claim): Claim => {
      const { duplicate: _, ...rest } = claim;
      return isSaidAgain(first, claim)
        ? rest
        : {
            ...rest,
            duplicate: { _tag: 'DuplicateObject', object: claim.object, field: '', other },
          };
    }),
  ];
};

/** Each file may bring the namespace that its objects are in. */
const isSaidAgain = (first: Claim, again: Claim): boolean =>
  first.kind === 'Namespace' && equal(first.item.object, again.item.object);

const byPlace = (a: Claim, b: Claim): number =>
  a.file === b.file ? a.index - b.index : a.file < b.file ? -1 : 1;
