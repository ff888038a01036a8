import type { Problem } from '../problem/problem.ts';
import type { Condition, ConditionType } from './condition.ts';
import { lastAccepted, notServing, stillServing } from './in-effect.ts';
import { cut, joined, lineOf, longestMessage } from './message.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';
import { against, reasonOf, warnings } from './problem-effects.ts';

/** The conditions of an object, always all three and in this order. */
export const conditionsOf = (
  outcome: Outcome,
  acknowledgement: Acknowledgement,
): readonly Condition[] => [
  accepted(outcome),
  resolvedRefs(outcome),
  programmed(outcome, acknowledgement),
];

/** What is said while an object waits for its Envoys. */
export const awaiting = 'Waiting until every connected Envoy has acknowledged it';

const accepted = (outcome: Outcome): Condition => {
  const { object, problems, serving } = outcome;
  const reasons = against('Accepted', problems);
  if (reasons.length > 0) return no('Accepted', outcome, reasons, stillServing[serving]);
  const notes = warnings(problems).map((problem) => lineOf(object, problem));
  return yes('Accepted', outcome, 'Accepted', joined(['The object is valid', ...notes]));
};

const resolvedRefs = (outcome: Outcome): Condition => {
  const reasons = against('ResolvedRefs', outcome.problems);
  return reasons.length === 0
    ? yes('ResolvedRefs', outcome, 'ResolvedRefs', 'No broken reference was found')
    : no('ResolvedRefs', outcome, reasons);
};

const programmed = (outcome: Outcome, acknowledgement: Acknowledgement): Condition => {
  const refusals = against('Programmed', outcome.problems);
  if (refusals.some(({ _tag }) => _tag === 'RefusedByEnvoy'))
    return no('Programmed', outcome, refusals, lastAccepted);
  if (refusals.length > 0) return no('Programmed', outcome, refusals);
  const { serving } = outcome;
  if (serving !== 'This') return notYet(outcome, 'NotAccepted', notServing[serving]);
  switch (acknowledgement._tag) {
    case 'Acknowledged':
      return yes('Programmed', outcome, 'Programmed', 'Every connected Envoy has acknowledged it');
    case 'Awaited':
      return notYet(outcome, 'Pending', awaiting);
    case 'Refused':
      return notYet(outcome, 'RefusedByEnvoy', cut(acknowledgement.message, longestMessage));
  }
};

const yes = (type: ConditionType, outcome: Outcome, reason: string, message: string): Condition =>
  condition(outcome, { type, status: 'True', reason, message });

const no = (
  type: ConditionType,
  outcome: Outcome,
  problems: readonly Problem[],
  ...notes: readonly string[]
): Condition => {
  const lines = problems.map((problem) => lineOf(outcome.object, problem));
  const [worst] = problems;
  const reason = worst === undefined ? type : reasonOf(worst);
  return condition(outcome, {
    type,
    status: 'False',
    reason,
    message: joined([...lines, ...notes]),
  });
};

const notYet = (outcome: Outcome, reason: string, message: string): Condition =>
  condition(outcome, { type: 'Programmed', status: 'False', reason, message });

const condition = ({ version }: Outcome, said: Condition): Condition =>
  version.generation === undefined ? said : { ...said, observedGeneration: version.generation };
