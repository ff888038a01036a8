import { showRef } from '../ir/object-ref.ts';
import { locateProblem } from '../manifest/locate-problem.ts';
import type { ManifestSet } from '../manifest/manifest-set.ts';
import type { Problem } from '../problem/problem.ts';
import { describeProblem, showProblem } from '../problem/show-problem.ts';

/** A problem with its place, as JSON shows it. */
interface LocatedProblem {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly object?: string;
  readonly field?: string;
  readonly problem: Problem['_tag'];
  readonly message: string;
}

/** Where a problem is and what it is. */
export const located = (manifests: ManifestSet, problem: Problem): LocatedProblem => ({
  ...locateProblem(manifests, problem),
  ...('object' in problem ? { object: showRef(problem.object), field: problem.field } : {}),
  problem: problem._tag,
  message: describeProblem(problem),
});

/** `file:line:column kind namespace/name: field: what is wrong, what was expected`. */
export const problemLine = (manifests: ManifestSet, problem: Problem): string => {
  const place = locateProblem(manifests, problem);
  if (problem._tag === 'UnreadableFile') return showProblem(problem);
  if (place === undefined) return showProblem(problem);
  return `${place.file}:${place.line}:${place.column} ${showProblem(problem)}`;
};

/** By file, then by line; what has no place comes first. */
export const byPlace =
  (manifests: ManifestSet) =>
  (a: Problem, b: Problem): number => {
    const [left, right] = [locateProblem(manifests, a), locateProblem(manifests, b)];
    if (left?.file !== right?.file) return (left?.file ?? '') < (right?.file ?? '') ? -1 : 1;
    return (
      (left?.line ?? 0) - (right?.line ?? 0) ||
      (left?.column ?? 0) - (right?.column ?? 0) ||
      (showProblem(a) < showProblem(b) ? -1 : 1)
    );
  };
