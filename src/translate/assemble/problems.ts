import { empty, get, settledWork, values, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { editOf, latest } from '../../collection/edit.ts';
import { equal } from '../../collection/equal.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import { workEach, type Work } from '../../collection/work.ts';
import { withoutCredentials } from '../../problem/credentials.ts';
import type { Problem } from '../../problem/problem.ts';
import { rankOf } from '../../problem/severity.ts';
import { showProblem } from '../../problem/show-problem.ts';
import type { Troubled, Troubles } from '../contribution/troubles.ts';

type ByCulprit = Grouped<string, Troubled, string, readonly Problem[]>;

/** The problems of each step by the object or file at fault, and those of all together. */
export interface ProblemGraph {
  readonly ofStep: readonly ByCulprit[];
  readonly all: OwnStep<readonly ByCulprit['output'][], Collection<string, readonly Problem[]>>;
}

/**
 * Gathers the problems of all steps by the object or file at fault, each once, by change. None quotes a
 * credential: they are shown to more people than objects are.
 */
export function* problemsByObject(
  previous: ProblemGraph | undefined,
  troubles: readonly Troubles[],
): Work<ProblemGraph> {
  const ofStep: ByCulprit[] = [];
  const stale = new Set<string>();
  for (const [i, found] of troubles.entries()) {
    const before = previous?.ofStep[i];
    const step = yield* byCulprit(before, found);
    ofStep.push(step);
    if (step !== before)
      for (const { key } of diff(before?.output ?? empty(), step.output)) stale.add(key);
  }
  const inputs = ofStep.map(({ output }) => output);
  const edits = yield* workEach(stale, (culprit) => editOf(culprit, problemsOf(inputs, culprit)));
  const output = yield* settledWork(
    previous?.all.output ?? empty<string, readonly Problem[]>(),
    edits,
    latest<readonly Problem[]>(equal),
  );
  return { ofStep, all: { operator: 'own', inputs, output } };
}

/** All problems in a fixed order: by object, then as the steps found them. */
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
  found: readonly ByCulprit['output'][],
  culprit: string,
): readonly Problem[] | undefined => {
  const unique = new Map(
    found
      .flatMap((one) => [...values(get(one, culprit) ?? empty<string, Problem[]>())])
      .flat()
      .map(withoutCredentials)
      .map((problem) => [showProblem(problem), problem]),
  );
  return unique.size === 0 ? undefined : bounded([...unique.values()]);
};

/** Of very many problems of one object the worst ones, and how many more there are: who wrote it has enough to mend. */
const bounded = (problems: readonly Problem[]): readonly Problem[] => {
  const [first] = problems;
  if (problems.length <= most || first === undefined || !('object' in first)) return problems;
  const worst = new Set(problems.toSorted((a, b) => rankOf(a) - rankOf(b)).slice(0, most));
  const note = `it has ${problems.length - most} more problems, which are not listed`;
  return [
    ...problems.filter((one) => worst.has(one)),
    { _tag: 'Note', object: first.object, field: '', note },
  ];
};

const most = 100;
