import type { PlaceOf } from '../problem/problem-record.ts';
import type { Problem } from '../problem/problem.ts';
import { rankOf, severities, severityOf } from '../problem/severity.ts';
import { showProblem } from '../problem/show-problem.ts';

/** `file:line:column kind namespace/name: field: what is wrong, what was expected`. */
export const problemLine =
  (placeOf: PlaceOf) =>
  (problem: Problem): string => {
    const place = problem._tag === 'UnreadableFile' ? undefined : placeOf(problem);
    const shown = showProblem(problem);
    return place === undefined ? shown : `${place.file}:${place.line}:${place.column} ${shown}`;
  };

/** By severity, then by file and line; what has no place comes first. */
export const worstFirst =
  (placeOf: PlaceOf) =>
  (a: Problem, b: Problem): number => {
    const [left, right] = [placeOf(a), placeOf(b)];
    return (
      rankOf(a) - rankOf(b) ||
      compare(left?.file ?? '', right?.file ?? '') ||
      (left?.line ?? 0) - (right?.line ?? 0) ||
      (left?.column ?? 0) - (right?.column ?? 0) ||
      compare(showProblem(a), showProblem(b))
    );
  };

/** How many there are of each severity, such as `1 breaks, 2 unused`; or `no problems`. */
export const countLine = (problems: readonly Problem[]): string => {
  if (problems.length === 0) return 'no problems';
  const bySeverity = Map.groupBy(problems, severityOf);
  return severities
    .flatMap((severity) => {
      const found = bySeverity.get(severity);
      return found === undefined ? [] : [`${found.length} ${severity}`];
    })
    .join(', ');
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
