import type { Condition } from './condition.ts';
import { lineOf } from './message.ts';
import type { Outcome } from './outcome.ts';

/**
 * What the owner of an object is told by Events although no condition says it: notes that have a reason, and, where
 * the conditions are those of the Gateway API, certificates that clients refuse.
 */
export const noticesOf = ({ object, problems, report }: Outcome): readonly Condition<string>[] =>
  problems.flatMap((problem) => {
    const isUnfit = problem._tag === 'UnfitCertificate' && report !== undefined;
    const reason = problem._tag === 'Note' ? problem.reason : isUnfit ? problem._tag : undefined;
    return reason === undefined
      ? []
      : [{ type: 'Notice', status: 'True', reason, message: lineOf(object, problem) }];
  });
