import type { ObjectRef } from '../ir/object-ref.ts';
import type { Problem } from '../problem/problem.ts';
import { lineOfOwn, showProblem } from '../problem/show-problem.ts';

/** The most characters that a condition's message may have (Kubernetes, `metav1.Condition`). */
export const longestMessage = 32_768;

/** What is wrong, in one line for an owner who is looking at the object. */
export const lineOf = (object: ObjectRef, problem: Problem): string => {
  if (!('object' in problem) || problem.object !== object) return showProblem(problem);
  return lineOfOwn(problem);
};

/** All of these lines, or as many as fit and how many more there are. */
export const joined = (lines: readonly string[], longest = longestMessage): string => {
  const whole = lines.join('; ');
  if (whole.length <= longest) return whole;
  const room = longest - ' (and 1000000 more)'.length;
  let text = '';
  for (const [i, line] of lines.entries()) {
    const next = i === 0 ? line : `${text}; ${line}`;
    if (next.length <= room) text = next;
    else return i === 0 ? cut(line, longest) : `${text} (and ${lines.length - i} more)`;
  }
  return text;
};

/** A text of at most so many characters. */
export const cut = (text: string, longest: number): string =>
  text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
