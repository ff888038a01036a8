import { showRef } from '../ir/object-ref.ts';
import type { Problem } from './problem.ts';
import { severityOf, type Severity } from './severity.ts';
import { describeProblem } from './show-problem.ts';

/** Where something is written. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Finds where what a problem is about is written; nowhere, if it is in no file. */
export type PlaceOf = (problem: Problem) => Place | undefined;

/** A problem as it is shown as JSON, wherever it is shown. */
export interface ProblemRecord {
  readonly severity: Severity;
  /** `Kind namespace/name`; of a problem of a whole kind, `kind.group`; absent for a file. */
  readonly object?: string;
  readonly field?: string;
  readonly place?: Place;
  /** Its name in the list of problems. */
  readonly problem: Problem['_tag'];
  /** What is wrong, without the object and the field. */
  readonly message: string;
  readonly expected?: string;
  readonly got?: string;
  /** The objects from whose problems it follows, and what is wrong with them. */
  readonly causes?: readonly { readonly object: string; readonly reason: string }[];
  /** When it was first seen, in ISO 8601; absent where nothing runs. */
  readonly since?: string;
}

/** What is known of a problem beside itself. */
interface Circumstances {
  readonly place?: Place | undefined;
  readonly since?: string | undefined;
}

/** A problem, to be shown as JSON. */
export const problemRecord = (
  problem: Problem,
  { place, since }: Circumstances = {},
): ProblemRecord => ({
  severity: severityOf(problem),
  ...whose(problem),
  ...at(problem._tag === 'UnreadableFile' ? placeIn(problem) : place),
  problem: problem._tag,
  message: describeProblem(problem),
  ...('expected' in problem && { expected: problem.expected, got: problem.got }),
  ...('causes' in problem && {
    causes: problem.causes.map(({ object, reason }) => ({ object: showRef(object), reason })),
  }),
  ...(since !== undefined && { since }),
});

const placeIn = ({ file, line = 1, column = 1 }: UnreadableFile): Place => ({ file, line, column });

const at = (place: Place | undefined): Pick<ProblemRecord, 'place'> =>
  place === undefined
    ? {}
    : { place: { file: place.file, line: place.line, column: place.column } };

type UnreadableFile = Extract<Problem, { readonly _tag: 'UnreadableFile' }>;

const whose = (problem: Problem): Pick<ProblemRecord, 'object' | 'field'> => {
  if (problem._tag === 'UnreadableKind') return { object: problem.kind };
  if (problem._tag === 'UnreadableFile') return {};
  const { object, field } = problem;
  return { object: showRef(object), ...(field !== '' && { field }) };
};
