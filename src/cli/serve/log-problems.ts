import type { Logger } from 'pino';

import { empty, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { namespaceOf, refParts } from '../../ir/object-ref.ts';
import { isFault } from '../../problem/is-fault.ts';
import type { Problem } from '../../problem/problem.ts';
import { showProblem } from '../../problem/show-problem.ts';

/** A problem as one line. */
export type ProblemShow = (problem: Problem) => string;

type Problems = Collection<string, readonly Problem[]>;

/**
 * Logs which problems are new and which are gone: of each namespace a few of either, and how many more,
 * so that one that makes thousands does not hide those of others.
 *
 * A problem that is gone has no place any more: what was there has been edited.
 */
export const logProblems = (
  log: Logger,
  show: ProblemShow,
  before: Problems = empty(),
  after: Problems,
): void => {
  const [faults, notes, solved]: [Line[], Line[], Line[]] = [[], [], []];
  for (const { before: old = [], after: now = [] } of diff(before, after)) {
    const known = new Set(old.map(show));
    const current = new Map(now.map((problem) => [show(problem), problem]));
    for (const [text, problem] of current)
      if (!known.has(text))
        (isFault(problem) ? faults : notes).push({ text, namespace: concerned(problem) });
    const gone = old.filter((one) => !current.has(show(one)));
    for (const [text, problem] of new Map(gone.map((one) => [showProblem(one), one])))
      solved.push({
        text: `${isFault(problem) ? 'solved' : 'no longer'}: ${text}`,
        namespace: concerned(problem),
      });
  }
  for (const line of bounded(faults, 'more problems')) log.warn(line);
  for (const line of bounded(notes, 'more notes')) log.info(line);
  for (const line of bounded(solved, 'more problems are solved')) log.info(line);
};

interface Line {
  readonly text: string;
  /** Absent for a problem of a file, of a kind or of an object that is in no namespace. */
  readonly namespace: string | undefined;
}

const concerned = (problem: Problem): string | undefined => {
  const namespace = 'object' in problem ? namespaceOf(refParts(problem.object)[1]) : '';
  return namespace === '' ? undefined : namespace;
};

function* bounded(lines: readonly Line[], others: string): Generator<string> {
  for (const [namespace, all] of Map.groupBy(lines, (line) => line.namespace)) {
    for (const { text } of all.slice(0, most)) yield text;
    const more = all.length - most;
    const where = namespace === undefined ? '' : `namespace ${namespace}: `;
    if (more > 0) yield `${where}${more} ${others}; headgate debug problems shows all there are`;
  }
}

/** How many lines of each sort there are about one namespace at most, for one publication. */
const most = 20;
