import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { namespaceOf, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import type { NameClaims } from '../../kube/store/annotated.ts';
import type { Problem } from '../../problem/problem.ts';
import { trustedNamespaces } from '../isolation.ts';
import type { TranslateOptions } from '../translate-options.ts';

/** The objects that are not translated, because the annotation is in a namespace that has no say in theirs. */
export type ForeignAnnotations = Mapped<ObjectRef, NameClaims, readonly Problem[]>;

/** Finds them, by change: with isolation whatever is not in a trusted namespace is for its own alone. */
export const foreignAnnotations = (options: TranslateOptions) => {
  type Told = readonly Problem[];
  if (options.isolation !== true) return mapEach<ObjectRef, NameClaims, Told>(() => undefined);
  const trusted = trustedNamespaces(options);
  return mapEach<ObjectRef, NameClaims, Told>(({ isTaken, claims: [first] }, object) => {
    if (isTaken || first === undefined) return undefined;
    const [own, carriers] = [object, first.carrier].map((ref) => namespaceOf(refParts(ref)[1]));
    if (own === carriers || trusted.includes(carriers ?? '')) return undefined;
    return [
      {
        ...{ _tag: 'InvalidField', object, field: 'metadata.namespace' },
        ...{ expected: `${carriers}, where the annotation is`, got: own ?? '' },
      },
    ];
  });
};
