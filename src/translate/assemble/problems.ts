import { empty, get, settledWork, values, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf, latest } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { workEach, type Work } from '../../collection/work.ts';
import type { Problem } from '../../problem/problem.ts';
import { showProblem } from '../../problem/show-problem.ts';
import type { Troubled, Troubles } from '../contribution/troubles.ts';

type ByCulprit = Grouped<string, Troubled, string, readonly Problem[]>;

/** The state of `problemsByObject`. */
export interface ProblemGraph {
  readonly stages: readonly ByCulprit[];
  readonly output: Collection<string, readonly Problem[]>;
}

/** Gathers the problems of all stages by the object or file at fault, each once, by change. */
export function* problemsByObject(
  previous: ProblemGraph | undefined,
  troubles: readonly Troubles[],
): Work<ProblemGraph> {
  const stages: ByCulprit[] = [];
  for (const [i, stage] of troubles.entries())
    stages.push(yield* byCulprit(previous?.stages[i], stage));
  const stale = new Set(
    stages.flatMap(({ output }, i) =>
      diff(previous?.stages[i]?.output ?? empty(), output).map(({ key }) => key),
    ),
  );
  const edits = yield* workEach(stale, (culprit) => editOf(culprit, problemsOf(stages, culprit)));
  return {
    stages,
    output: yield* settledWork(
      previous?.output ?? empty(),
      edits,
      latest<readonly Problem[]>(equal),
    ),
  };
}

/** All problems in a fixed order: by object, then as the stages found them. */
export const allProblems = (problems: Collection<string, readonly Problem[]>): readonly Problem[] =>
  [...values(problems)].flat().sort((a, b) => {
    const [left, right] = [culpritOf(a), culpritOf(b)];
    return left < right ? -1 : Number(left > right);
  });

const culpritOf = (problem: Problem): string => {
  switch (problem._tag) {
    case 'UnreadableFile':
      return problem.file;
    case 'UnreadableKind':
      return problem.kind;
    default:
      return problem.object;
  }
};

const byCulprit = groupBy<string, Troubled, string, readonly Problem[]>((troubled) => {
  const problems = 'problems' in troubled ? troubled.problems : troubled;
  return Map.groupBy(problems, culpritOf);
});

const problemsOf = (
  stages: readonly ByCulprit[],
  culprit: string,
): readonly Problem[] | undefined => {
  const unique = new Map(
    stages
      .flatMap(({ output }) => [...values(get(output, culprit) ?? empty<string, Problem[]>())])
      .flat()
      .map((problem) => [showProblem(problem), problem]),
  );
  return unique.size === 0 ? undefined : [...unique.values()];
};
