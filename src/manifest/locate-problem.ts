import { entries, get } from '../collection/collection.ts';
import { equal } from '../collection/equal.ts';
import type { Problem } from '../problem/problem.ts';
import { locate, type Location, type ManifestSet } from './manifest-set.ts';

/** Where what a problem is about is written, also when the object at fault is in no store. */
export const locateProblem = (set: ManifestSet, problem: Problem): Location | undefined => {
  if (problem._tag === 'UnreadableFile') {
    const { file, line = 1, column = 1 } = problem;
    return { file, line, column };
  }
  if (problem._tag === 'UnreadableKind') return undefined;
  for (const [file, { misplaced }] of entries(set.files)) {
    const found = misplaced.find((one) => equal(one.problem, problem));
    if (found !== undefined) return { file, ...found.position(problem.field) };
  }
  const twin = get(set.claims, problem.object)
    ?.slice(1)
    .find((claim) => equal(claim.duplicate, problem));
  return twin === undefined
    ? locate(set, problem.object, problem.field)
    : { file: twin.file, ...twin.position('') };
};
