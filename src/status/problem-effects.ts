import type { Problem } from '../problem/problem.ts';
import type { ConditionType } from './condition.ts';

/** The condition that a kind of problem makes false, and the reason it gives. */
interface Effect {
  readonly condition: ConditionType;
  readonly reason: string;
}

/**
 * What each kind of problem does to the conditions of its object, the worst first: the first one
 * that an object has is the reason. `Warning` is only mentioned; `NoObject` is about no object.
 */
export const problemEffects: Readonly<Record<Problem['_tag'], Effect | 'Warning' | 'NoObject'>> = {
  UnsupportedVersion: { condition: 'Accepted', reason: 'UnsupportedVersion' },
  InvalidField: { condition: 'Accepted', reason: 'Invalid' },
  DuplicateObject: { condition: 'Accepted', reason: 'Duplicate' },
  Unanswered: { condition: 'ResolvedRefs', reason: 'Unanswered' },
  OverBudget: { condition: 'Accepted', reason: 'OverBudget' },
  Conflict: { condition: 'Accepted', reason: 'Conflict' },
  NotAttached: { condition: 'Accepted', reason: 'NotAttached' },
  GuardUnusable: { condition: 'Accepted', reason: 'GuardUnusable' },
  NotYetSupported: { condition: 'Accepted', reason: 'NotYetSupported' },
  NotFound: { condition: 'ResolvedRefs', reason: 'NotFound' },
  PortNotFound: { condition: 'ResolvedRefs', reason: 'PortNotFound' },
  RefNotUsable: { condition: 'ResolvedRefs', reason: 'RefNotUsable' },
  InvalidCertificate: { condition: 'ResolvedRefs', reason: 'InvalidCertificate' },
  UnfitCertificate: { condition: 'ResolvedRefs', reason: 'UnfitCertificate' },
  RefusedByEnvoy: { condition: 'Programmed', reason: 'RefusedByEnvoy' },
  PortUnavailable: { condition: 'Programmed', reason: 'PortUnavailable' },
  NotServed: { condition: 'Programmed', reason: 'NotServed' },
  LeftOut: 'Warning',
  UnknownField: 'Warning',
  Note: 'Warning',
  UnreadableFile: 'NoObject',
  UnreadableKind: 'NoObject',
};

/** The problems that make a condition false, the worst first. */
export const against = (
  condition: ConditionType,
  problems: readonly Problem[],
): readonly Problem[] =>
  problems
    .filter(({ _tag }) => effectOf(_tag)?.condition === condition)
    .sort((a, b) => rank(a) - rank(b));

/** The reason a problem gives. */
export const reasonOf = ({ _tag }: Problem): string => effectOf(_tag)?.reason ?? _tag;

/** The problems that make nothing false. */
export const warnings = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter(({ _tag }) => problemEffects[_tag] === 'Warning');

const effectOf = (tag: Problem['_tag']): Effect | undefined => {
  const effect = problemEffects[tag];
  return typeof effect === 'string' ? undefined : effect;
};

const order = Object.keys(problemEffects);

const rank = ({ _tag }: Problem): number => order.indexOf(_tag);
