import { showRef, type ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from './problem.ts';

/** What follows from the problem of one object for others. */
export interface Consequence {
  readonly cause: ObjectRef;
  /** The problems of these others, never empty. */
  readonly problems: readonly [Problem, ...Problem[]];
}

/** The problems that stand for themselves, and what follows from the objects at fault, each under the first of its causes. */
interface Grouped {
  readonly own: readonly Problem[];
  readonly consequences: readonly Consequence[];
}

/** Tells causes and consequences apart. */
export const byCause = (problems: readonly Problem[]): Grouped => {
  const grouped = Map.groupBy(problems, causeOf);
  return {
    own: grouped.get(undefined) ?? [],
    consequences: [...grouped].flatMap(([cause, [first, ...others]]) =>
      cause === undefined || first === undefined ? [] : [{ cause, problems: [first, ...others] }],
    ),
  };
};

/** `Listener default/http: 12 objects are not served because of it: Host default/a, Mapping default/b and 10 more`; or not everywhere. */
export const showConsequence = ({ cause, problems }: Consequence): string => {
  const objects = [...new Set(problems.flatMap((one) => ('object' in one ? one.object : [])))];
  const named = objects.slice(0, mostNamed).map(showRef).join(', ');
  const more = objects.length > mostNamed ? ` and ${objects.length - mostNamed} more` : '';
  const count = objects.length === 1 ? '1 object is' : `${objects.length} objects are`;
  const where = problems.every(({ _tag }) => _tag === 'LeftOut') ? ' everywhere' : '';
  return `${showRef(cause)}: ${count} not served${where} because of it: ${named}${more}`;
};

const mostNamed = 5;

const causeOf = (problem: Problem): ObjectRef | undefined =>
  'object' in problem ? problem.causes?.[0]?.object : undefined;
