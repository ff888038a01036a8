import type { Logger } from 'pino';

import { empty, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { keyParts, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import { byCause, showConsequence } from '../../problem/consequences.ts';
import type { PlaceOf } from '../../problem/problem-record.ts';
import type { Problem } from '../../problem/problem.ts';
import { rankOf, severityOf, type Severity } from '../../problem/severity.ts';
import { showProblem } from '../../problem/show-problem.ts';
import { problemLine } from '../problem-lines.ts';

type Problems = Collection<string, readonly Problem[]>;

/**
 * Logs which problems are new and which are gone: of each namespace a few of either, the worst, and how many
 * more, so that one that makes thousands does not hide those of others. What follows from the problem of another
 * object is one line. Each line has what it says as fields, too.
 *
 * A problem that is gone has no place any more: what was there has been edited.
 */
export const logProblems = (
  log: Logger,
  placeOf: PlaceOf,
  before: Problems = empty(),
  after: Problems,
): void => {
  const show = problemLine(placeOf);
  const [faults, notes, solved]: [Line[], Line[], Line[]] = [[], [], []];
  const [following, over]: [Problem[], Problem[]] = [[], []];
  for (const { before: old = [], after: now = [] } of diff(before, after)) {
    const known = new Set(old.map(show));
    const current = new Map(now.map((problem) => [show(problem), problem]));
    for (const [text, problem] of current) {
      if (known.has(text)) continue;
      if (follows(problem)) following.push(problem);
      else (isNote(problem) ? notes : faults).push({ text, problem });
    }
    const gone = old.filter((one) => !current.has(show(one)));
    for (const [text, problem] of new Map(gone.map((one) => [showProblem(one), one])))
      if (follows(problem)) over.push(problem);
      else solved.push({ text: `${isNote(problem) ? 'no longer' : 'solved'}: ${text}`, problem });
  }
  faults.push(...consequences(following));
  solved.push(...consequences(over).map((line) => ({ ...line, text: `solved: ${line.text}` })));
  for (const [fields, line] of bounded(faults, 'more problems')) log.warn(fields, line);
  for (const [fields, line] of bounded(notes, 'more notes')) log.info(fields, line);
  for (const [fields, line] of bounded(solved, 'more problems are solved')) log.info(fields, line);
};

interface Line {
  readonly text: string;
  readonly problem: Problem;
  /** The object at fault, if it is another. */
  readonly cause?: ObjectRef;
}

const follows = (problem: Problem): boolean => 'causes' in problem;

const consequences = (problems: readonly Problem[]): readonly Line[] =>
  byCause(problems).consequences.map((one) => ({
    ...{ text: showConsequence(one), problem: one.problems[0], cause: one.cause },
  }));

const isNote = (problem: Problem): boolean => severityOf(problem) === 'note';

/** What a log line about a problem says to programs. */
interface ProblemFields {
  readonly severity?: Severity;
  readonly problem?: Problem['_tag'];
  readonly kind?: string;
  /** Absent for a problem of a file, of a kind or of an object that is in no namespace. */
  readonly namespace?: string;
  readonly name?: string;
  readonly field?: string;
}

const fieldsOf = (line: Line): ProblemFields => ({
  severity: severityOf(line.problem),
  problem: line.problem._tag,
  ...named(line),
});

const named = ({ problem, cause }: Line): ProblemFields => {
  if (problem._tag === 'UnreadableKind') return { kind: problem.kind };
  if (problem._tag === 'UnreadableFile') return {};
  const { object, field } = problem;
  const [kind, key] = refParts(cause ?? object);
  const [namespace, name] = keyParts(key);
  return {
    ...{ kind, ...inNamespace(namespace), name },
    ...(field !== '' && cause === undefined && { field }),
  };
};

const inNamespace = (namespace = ''): Pick<ProblemFields, 'namespace'> =>
  namespace === '' ? {} : { namespace };

type Logged = readonly [fields: ProblemFields, line: string];

function* bounded(lines: readonly Line[], others: string): Generator<Logged> {
  for (const [namespace, all] of Map.groupBy(lines, (line) => named(line).namespace)) {
    const sorted = all.toSorted((a, b) => rankOf(a.problem) - rankOf(b.problem));
    for (const line of sorted.slice(0, most)) yield [fieldsOf(line), line.text];
    const more = all.length - most;
    const where = namespace === undefined ? '' : `namespace ${namespace}: `;
    const text = `${where}${more} ${others}; headgate debug problems shows all there are`;
    if (more > 0) yield [inNamespace(namespace), text];
  }
}

/** How many lines of each sort there are about one namespace at most, for one publication. */
const most = 20;
