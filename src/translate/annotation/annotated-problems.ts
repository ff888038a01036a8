import { copyOf, empty, get, settledWork, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf, latest } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import { workEach, type Work } from '../../collection/work.ts';
import { objectRef, showRef, type ObjectRef } from '../../ir/object-ref.ts';
import { fieldIn } from '../../kube/annotation/annotation-field.ts';
import { ambassadorIdOf } from '../../kube/emissary/ambassador-id.ts';
import { isOurs } from '../../kube/is-ours.ts';
import type { Carried } from '../../kube/kube-event.ts';
import { annotatedObject, noAnnotated, type Annotated } from '../../kube/store/annotated.ts';
import type { Problem } from '../../problem/problem.ts';

type ByCulprit = Collection<string, readonly Problem[]>;

interface Inputs {
  readonly problems: ByCulprit;
  readonly carried: Annotated['carried'];
  readonly claims: Annotated['claims'];
}

/** The state of `annotatedProblems`. */
export type AnnotatedProblems = OwnStep<
  { readonly [N in keyof Inputs]: Inputs[N] & Collection<string, unknown> },
  ByCulprit
>;

/**
 * Gives the problems of objects in annotations to the objects that carry them, by change: there is nothing else that
 * owners could look at. The field says which document it is, and which field in it. What is in an annotation for
 * other installations is their business.
 */
export const annotatedProblems = (ambassadorId: string) =>
  function* (
    previous: AnnotatedProblems | undefined,
    problems: ByCulprit,
    { carried, claims }: Annotated,
  ): Work<AnnotatedProblems> {
    const inputs: Inputs = { problems, carried, claims };
    const before: Inputs = previous?.inputs ?? { problems: empty(), ...noAnnotated };
    if (previous !== undefined && isSame(before, inputs)) return previous;
    if (carried.size === 0 && before.carried.size === 0)
      return { operator: 'own', inputs, output: copyOf(problems) };
    const edits = yield* workEach(staleBetween(before, inputs), (culprit) => {
      const told = toldOf(inputs, culprit as ObjectRef, ambassadorId);
      return editOf(culprit, told.length === 0 ? undefined : told);
    });
    const known = previous?.output ?? empty<string, readonly Problem[]>();
    const output = yield* settledWork(known, edits, latest<readonly Problem[]>(equal));
    return { operator: 'own', inputs, output };
  };

const isSame = (before: Inputs, after: Inputs): boolean =>
  before.problems === after.problems &&
  before.carried === after.carried &&
  before.claims === after.claims;

/** The culprits of which something else may be told now, with those who carry them or did. */
const staleBetween = (before: Inputs, after: Inputs): ReadonlySet<string> => {
  const changed = [
    ...diff(before.problems, after.problems),
    ...diff(before.claims, after.claims),
  ].map(({ key }): string => key);
  const carriers = changed.flatMap((key) =>
    [before, after].flatMap(({ claims }) =>
      (get(claims, key as ObjectRef)?.claims ?? []).map(({ carrier }) => carrier),
    ),
  );
  const carried = diff(before.carried, after.carried).map(({ key }) => key);
  return new Set([...changed, ...carriers, ...carried]);
};

const toldOf = (
  { problems, ...annotated }: Inputs,
  culprit: ObjectRef,
  ambassadorId: string,
): readonly Problem[] => {
  const own =
    annotatedObject(annotated, culprit) === undefined ? (get(problems, culprit) ?? []) : [];
  const within = (get(annotated.carried, culprit) ?? []).flatMap((one): readonly Problem[] => {
    const object = objectRef(one.kind, one.item.key);
    const { document, isFlat } = one;
    const counts = annotatedObject(annotated, object);
    if (counts?.carrier !== culprit || counts.document !== document) {
      const other =
        counts === undefined
          ? showRef(object)
          : `${showRef(counts.carrier)}, document ${counts.document}`;
      const field = fieldIn(document, { object });
      return [{ _tag: 'DuplicateObject', object: culprit, field, other }];
    }
    const found = get(problems, object) ?? [];
    const ours = isForUs(one, ambassadorId) ? found : found.filter(({ _tag }) => _tag === 'Note');
    return ours.map((problem): Problem => {
      if (!('object' in problem)) return problem;
      return {
        ...problem,
        object: culprit,
        field: fieldIn(document, { object, field: problem.field, isFlat }),
      };
    });
  });
  return within.length === 0 ? own : [...own, ...within];
};

const isForUs = ({ kind, item }: Carried, ambassadorId: string): boolean => {
  const ids = item.object === undefined ? item.version?.ambassadorId : ambassadorIdOf(item.object);
  return isOurs(kind, ids, ambassadorId);
};
