import { absurd } from 'fp-ts/lib/function.js';

import { showRef } from '../ir/object-ref.ts';
import { guardEffects } from './guard-effects.ts';
import type { Problem } from './problem.ts';

/** What is wrong, what was expected and why, without the object and the field. */
export const describeProblem = (problem: Problem): string => {
  const { causes = [] } = 'object' in problem ? problem : {};
  const why = causes.map(({ object, reason }) => `${showRef(object)} ${reason}`).join(', and ');
  return causes.length === 0 ? fault(problem) : `${fault(problem)}, because ${why}`;
};

const fault = (problem: Problem): string => {
  switch (problem._tag) {
    case 'UnreadableFile':
    case 'UnreadableKind':
      return problem.reason;
    case 'InvalidField':
      return `expected ${problem.expected}, got ${problem.got}${didYouMean(problem.nearest)}`;
    case 'UnknownField':
      return `no such field; it has no effect${didYouMean(problem.nearest)}`;
    case 'NotYetSupported':
      return 'not supported yet; it has no effect';
    case 'GuardUnusable':
      return guardEffects[problem.effect];
    case 'UnsupportedVersion':
      return `expected ${problem.expected}, got ${problem.got}`;
    case 'DuplicateObject':
      return `is defined already in ${problem.other}, which counts`;
    case 'NotFound':
      return `${showRef(problem.target)} does not exist${didYouMean(problem.nearest)}`;
    case 'PortNotFound':
      return `${showRef(problem.target)} has no port ${problem.port}${showPorts(problem.ports)}`;
    case 'RefNotUsable':
      return `${showRef(problem.target)} of another namespace cannot be used as it is: it does not exist, does not have what is needed, or may not be referred to from here`;
    case 'InvalidCertificate':
    case 'UnfitCertificate':
      return problem.reason;
    case 'Conflict':
      return `${problem.reason}; ${showRef(problem.other)} wins`;
    case 'Unanswered':
    case 'NotAttached':
    case 'LeftOut':
      return problem.reason;
    case 'OverBudget':
      return `the objects of its namespace together ask for more than ${problem.limit} ${budgetParts[problem.part]}; older ones come first, so this one has no effect`;
    case 'NotServed':
      return 'not served';
    case 'Note':
      return problem.note;
    case 'RefusedByEnvoy':
      return `${problem.by ?? 'Envoy'} refused ${problem.resource}: ${problem.message}`;
    case 'PortUnavailable':
      return `${problem.by ?? 'Envoy'} cannot listen on ${problem.address}: ${problem.reason}; it is tried again`;
    default:
      return absurd(problem);
  }
};

const budgetParts = {
  bytes: 'bytes',
  objects: 'objects',
  routes: 'routes',
  regex: 'steps of regular expressions',
};

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? '' : `; did you mean ${nearest}?`;

const showPorts = (ports: readonly (string | number)[] | undefined): string => {
  if (ports === undefined) return '';
  if (ports.length === 0) return '; it has none';
  const others = ports.length > mostPorts ? ` and ${ports.length - mostPorts} more` : '';
  return `; it has ${ports.slice(0, mostPorts).join(', ')}${others}`;
};

const mostPorts = 10;

/** Who is at fault: the object and, where there is one, the field; or the file. */
const culprit = (problem: Problem): string => {
  if (problem._tag === 'UnreadableFile') {
    const { file, line, column } = problem;
    return [file, line, column].filter((part) => part !== undefined).join(':');
  }
  const subject = showCulprit(problem);
  return 'field' in problem && problem.field !== '' ? `${subject}: ${problem.field}` : subject;
};

/** Who is at fault, as people name it: the object, the file or the kind. */
export const showCulprit = (problem: Problem): string => {
  switch (problem._tag) {
    case 'UnreadableFile':
      return problem.file;
    case 'UnreadableKind':
      return problem.kind;
    default:
      return showRef(problem.object);
  }
};

/** The same with the field, for who is looking at the object: `field: what is wrong`. */
export const lineOfOwn = (problem: Problem): string => {
  const description = describeProblem(problem);
  return 'object' in problem && problem.field !== ''
    ? `${problem.field}: ${description}`
    : description;
};

/** One line for a log or a status message: `Kind namespace/name: field: what is wrong`. */
export const showProblem = (problem: Problem): string =>
  `${culprit(problem)}: ${describeProblem(problem)}`;
