import { entries, type Collection } from '../../collection/collection.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { put } from '../../collection/put.ts';
import { namespaceOf, refParts, type ObjectKey, type ObjectRef } from '../../ir/object-ref.ts';
import { isKind, type Kind, type ObjectOf } from '../../kube/kind.ts';
import type { NameClaims } from '../../kube/store/annotated.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Problem } from '../../problem/problem.ts';
import { trustedNamespaces } from '../isolation.ts';
import type { TranslateOptions } from '../translate-options.ts';

/** The objects that are not translated, because the annotation is in a namespace that has no say in theirs. */
export type ForeignAnnotations = Mapped<ObjectRef, NameClaims, Problem>;

/** Finds them, by change: with isolation whatever is not in a trusted namespace is for its own alone. */
export const foreignAnnotations = (options: TranslateOptions) => {
  if (options.isolation !== true) return mapEach<ObjectRef, NameClaims, Problem>(() => undefined);
  const trusted = trustedNamespaces(options);
  return mapEach<ObjectRef, NameClaims, Problem>(({ isTaken, claims: [first] }, object) => {
    if (isTaken || first === undefined) return undefined;
    const [own, carriers] = [object, first.carrier].map((ref) => namespaceOf(refParts(ref)[1]));
    if (own === carriers || trusted.includes(carriers ?? '')) return undefined;
    return {
      ...{ _tag: 'InvalidField', object, field: 'metadata.namespace' },
      ...{ expected: `${carriers}, where the annotation is`, got: own ?? '' },
    };
  });
};

/** The store without these objects, with their problems. */
export const withoutForeign = (
  store: SyncedStore,
  foreign: Collection<ObjectRef, Problem>,
): SyncedStore => {
  let { objects, problems } = store;
  for (const [ref, problem] of entries(foreign)) {
    const [kind, key] = refParts(ref);
    if (!isKind(kind)) continue;
    const ofKind: Collection<ObjectKey, ObjectOf<Kind>> = objects[kind];
    objects = { ...objects, [kind]: put(ofKind, key, undefined) };
    problems = put(problems, `place of ${ref}`, [problem]);
  }
  return objects === store.objects ? store : { ...store, objects, problems };
};
