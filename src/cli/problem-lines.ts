import type { ObjectRef } from '../ir/object-ref.ts';
import { byCause, showConsequence, type Consequence } from '../problem/consequences.ts';
import type { Place, PlaceOf } from '../problem/problem-record.ts';
import type { Problem } from '../problem/problem.ts';
import { rankOf, severities, severityOf } from '../problem/severity.ts';
import { showProblem } from '../problem/show-problem.ts';

/** `file:line:column kind namespace/name: field: what is wrong, what was expected`. */
export const problemLine =
  (placeOf: PlaceOf) =>
  (problem: Problem): string => {
    const place = problem._tag === 'UnreadableFile' ? undefined : placeOf(problem);
    return at(place, showProblem(problem));
  };

const at = (place: Place | undefined, text: string): string =>
  place === undefined ? text : `${place.file}:${place.line}:${place.column} ${text}`;

/**
 * All problems in lines, the worst first. What follows from the problem of another object is one line, behind
 * those of this object.
 */
export const problemLines = (problems: readonly Problem[], placeOf: PlaceOf): readonly string[] => {
  const { own, consequences } = byCause(problems);
  const following = new Map(consequences.map((one) => [one.cause, one]));
  const show = problemLine(placeOf);
  const inOrder = own
    .map((problem) => ({ problem, consequence: following.get(objectOf(problem)) }))
    .toSorted((a, b) => rankIn(a) - rankIn(b) || worstFirst(placeOf)(a.problem, b.problem));
  const last = new Map(inOrder.map(({ consequence }, i) => [consequence, i]));
  const lines = inOrder.flatMap(({ problem, consequence }, i) =>
    consequence === undefined || last.get(consequence) !== i
      ? [show(problem)]
      : [show(problem), at(placeOf(problem), showConsequence(consequence))],
  );
  const known = new Set(own.map(objectOf));
  const others = consequences.filter(({ cause }) => !known.has(cause));
  return [...lines, ...others.map(showConsequence)];
};

const objectOf = (problem: Problem): ObjectRef => ('object' in problem ? problem.object : noObject);

/** No object is called so. */
const noObject: ObjectRef = ' /';

interface Ranked {
  readonly problem: Problem;
  readonly consequence: Consequence | undefined;
}

/** A cause is as bad as what follows from it. */
const rankIn = ({ problem, consequence }: Ranked): number =>
  Math.min(...[problem, ...(consequence?.problems ?? [])].map(rankOf));

/** By severity, then by file and line; what has no place comes first. */
export const worstFirst =
  (placeOf: PlaceOf) =>
  (a: Problem, b: Problem): number => {
    const [left, right] = [placeOf(a), placeOf(b)];
    return (
      rankOf(a) - rankOf(b) ||
      compareTexts(left?.file ?? '', right?.file ?? '') ||
      (left?.line ?? 0) - (right?.line ?? 0) ||
      (left?.column ?? 0) - (right?.column ?? 0) ||
      compareTexts(showProblem(a), showProblem(b))
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

/** Orders texts by their characters, in no language. */
export const compareTexts = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
