import { refParts } from '../ir/object-ref.ts';
import type { Condition } from './condition.ts';
import { awaiting, conditionsOf } from './conditions-of.ts';
import { cut, joined, lineOf } from './message.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';
import { against } from './problem-effects.ts';

/** The status of an object of Emissary: conditions, and the fields that Emissary's kinds have always had. */
export interface ObjectStatus {
  readonly conditions: readonly Condition[];
  readonly state?: string;
  /** Of a Mapping. */
  readonly reason?: string;
  /** Of a Host. */
  readonly errorReason?: string;
  /** Of a Host. */
  readonly tlsCertificateSource?: 'None' | 'Other';
}

/** What the owner of an object of Emissary is told. */
export const statusOf = (outcome: Outcome, acknowledgement: Acknowledgement): ObjectStatus => {
  const conditions = conditionsOf(outcome, acknowledgement);
  const [kind] = refParts(outcome.object);
  switch (kind) {
    case 'Mapping':
      return { conditions, ...mappingState(outcome, acknowledgement) };
    case 'Host':
      return { conditions, ...hostState(outcome, acknowledgement) };
    default:
      return { conditions };
  }
};

/**
 * `Inactive` means that what the object says is not in effect. An empty reason clears an old one.
 */
const mappingState = (
  outcome: Outcome,
  acknowledgement: Acknowledgement,
): Pick<ObjectStatus, 'state' | 'reason'> => {
  const fault = faultOf(outcome);
  if (fault === undefined && acknowledgement._tag !== 'Acknowledged')
    return { state: 'Inactive', reason: unsettled(acknowledgement) };
  const refused = against('Programmed', outcome.problems).length > 0;
  const state = outcome.serving === 'This' && !refused ? 'Running' : 'Inactive';
  return { state, reason: fault ?? '' };
};

/** Any fault of a Host is an error, because it may mean that handshakes are refused. */
const hostState = (
  outcome: Outcome,
  acknowledgement: Acknowledgement,
): Pick<ObjectStatus, 'state' | 'errorReason' | 'tlsCertificateSource'> => {
  const fault = faultOf(outcome);
  const tlsCertificateSource = outcome.certified === true ? 'Other' : 'None';
  if (fault !== undefined) return { state: 'Error', errorReason: fault, tlsCertificateSource };
  switch (acknowledgement._tag) {
    case 'Acknowledged':
      return { state: 'Ready', errorReason: '', tlsCertificateSource };
    case 'Awaited':
      return { state: 'Pending', errorReason: '', tlsCertificateSource };
    case 'Refused':
      return { state: 'Error', errorReason: unsettled(acknowledgement), tlsCertificateSource };
  }
};

const unsettled = (acknowledgement: Acknowledgement): string =>
  acknowledgement._tag === 'Refused' ? cut(acknowledgement.message, longestReason) : awaiting;

/** The problems, the worst first, in one line; as many as fit. */
const faultOf = ({ object, problems }: Outcome): string | undefined => {
  const faults = [
    ...against('Programmed', problems),
    ...against('Accepted', problems),
    ...against('ResolvedRefs', problems),
  ];
  if (faults.length === 0) return undefined;
  return joined(
    faults.map((problem) => lineOf(object, problem)),
    longestReason,
  );
};

/** These fields are columns of `kubectl get`. */
const longestReason = 1024;
