import { empty, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import type { Problem } from '../../problem/problem.ts';
import { showProblem } from '../../problem/show-problem.ts';

type Problems = Collection<string, readonly Problem[]>;

/** Since when there is each problem. */
interface FirstSeen {
  /** Notes which problems are new at a time, at the cost of what changed. */
  readonly seen: (before: Problems | undefined, after: Problems, at: number) => void;
  /** In ISO 8601. */
  readonly since: (problem: Problem) => string | undefined;
}

/** Remembers when problems were first seen, as long as they are there. Those that say the same are the same. */
export const firstSeen = (): FirstSeen => {
  const times = new WeakMap<Problem, number>();
  return {
    seen: (before = empty(), after, at) => {
      for (const { before: old = [], after: now = [] } of diff(before, after)) {
        const known = new Map(old.map((problem) => [showProblem(problem), times.get(problem)]));
        for (const problem of now) times.set(problem, known.get(showProblem(problem)) ?? at);
      }
    },
    since: (problem) => {
      const at = times.get(problem);
      return at === undefined ? undefined : new Date(at).toISOString();
    },
  };
};
