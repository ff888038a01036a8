import type { GuardEffect, Problem } from './problem.ts';

/**
 * What a problem does, the worst first:
 *
 *     opens      something is let through that its owner meant to be checked, limited or closed
 *     breaks     requests or handshakes fail, or an object is not in force as it is written
 *     degrades   it serves, but not all of what is asked for is done
 *     unused     what is written has no effect on any request
 *     note       nothing is wrong
 */
export const severities = ['opens', 'breaks', 'degrades', 'unused', 'note'] as const;

/** One of these severities. */
export type Severity = (typeof severities)[number];

/** What a problem does. */
export const severityOf = (problem: Problem): Severity => {
  switch (problem._tag) {
    case 'GuardUnusable':
      return ofGuards[problem.effect];
    case 'NotAttached':
      return problem.causes === undefined ? 'unused' : 'breaks';
    case 'RefusedByEnvoy':
      return problem.by === undefined ? 'breaks' : 'degrades';
    default:
      return ofTag[problem._tag];
  }
};

/** Whether a problem is as bad as this, or worse. */
export const isAsBadAs =
  (severity: Severity) =>
  (problem: Problem): boolean =>
    rankOf(problem) <= severities.indexOf(severity);

/** The place of the severity of a problem: 0 is the worst. */
export const rankOf = (problem: Problem): number => severities.indexOf(severityOf(problem));

const ofTag: Readonly<
  Record<Exclude<Problem['_tag'], 'GuardUnusable' | 'NotAttached' | 'RefusedByEnvoy'>, Severity>
> = {
  UnreadableFile: 'breaks',
  UnreadableKind: 'breaks',
  InvalidField: 'breaks',
  UnknownField: 'unused',
  NotYetSupported: 'unused',
  UnsupportedVersion: 'breaks',
  DuplicateObject: 'breaks',
  NotFound: 'breaks',
  PortNotFound: 'breaks',
  RefNotUsable: 'breaks',
  InvalidCertificate: 'breaks',
  UnfitCertificate: 'breaks',
  Unanswered: 'breaks',
  Conflict: 'breaks',
  LeftOut: 'breaks',
  OverBudget: 'breaks',
  NotServed: 'breaks',
  Note: 'note',
  PortUnavailable: 'breaks',
};

const ofGuards: Readonly<Record<GuardEffect, Severity>> = {
  AllRefused: 'breaks',
  UncheckedRefused: 'breaks',
  LabelledRefused: 'breaks',
  GuardedRefused: 'breaks',
  Unguarded: 'opens',
  EdgeStack: 'opens',
  IngressNginx: 'opens',
  ModuleTls: 'opens',
};
