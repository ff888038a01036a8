import type { Problem } from '../../../problem/problem.ts';
import { describeProblem } from '../../../problem/show-problem.ts';

/** Problems of one object as the message of a condition: each with its field. */
export const told = (problems: readonly Problem[]): string => problems.map(withField).join('; ');

const withField = (problem: Problem): string =>
  'field' in problem && problem.field !== ''
    ? `${problem.field}: ${describeProblem(problem)}`
    : describeProblem(problem);
