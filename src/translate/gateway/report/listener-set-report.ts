import type { Read } from '../../../collection/operator/join-each.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { ObjectOutcome } from '../../contribution/outcome.ts';
import type { ReportedCondition } from '../../contribution/report.ts';
import type { Refusal } from '../class/our-gateways.ts';
import type { OurListenerSet } from '../listener/our-listener-sets.ts';
import type { SettledParent } from '../listener/settle-parent.ts';
import { fails, holds, programmed } from './condition.ts';
import { entryReports, isAccepted, type AttachmentTables } from './entry-report.ts';

/** What became of a ListenerSet. */
export interface ListenerSetOutcome extends ObjectOutcome {
  readonly gateway: ObjectKey;
  /** Whether its listeners count as those of its Gateway. */
  readonly isAttached: boolean;
}

/** What the owner of a ListenerSet is told. */
export const listenerSetReport = (
  { ref, parent, refusal }: OurListenerSet,
  _: ObjectKey,
  read: Read<AttachmentTables>,
): ListenerSetOutcome => {
  const entries = read('settled', ref)?.entries ?? [];
  const unaccepted = refusal ?? invalidity(entries);
  const isServed = entries.some(({ unserved }) => unserved === undefined);
  return {
    gateway: parent.key,
    isAttached: unaccepted === undefined,
    inEffect: isServed,
    report: {
      conditions: [
        unaccepted === undefined ? acceptedOf(entries) : fails('Accepted', unaccepted),
        unaccepted === undefined ? programmedOf(entries) : fails('Programmed', unaccepted),
      ],
      listeners: entryReports(ref, entries, read),
    },
  };
};

type Entries = SettledParent['entries'];

/** A listener whose certificate cannot be used is accepted, but it is not enough for its ListenerSet. */
const invalidity = (entries: Entries): Refusal | undefined =>
  entries.some((entry) => isAccepted(entry) && entry.isUncertified !== true)
    ? undefined
    : {
        reason: 'ListenersNotValid',
        message: 'None of its listeners is valid; each says why',
      };

const acceptedOf = (entries: Entries): ReportedCondition =>
  entries.every((entry) => isAccepted(entry))
    ? holds('Accepted', 'The ListenerSet is valid')
    : holds(
        'Accepted',
        'Some of its listeners are not accepted; each says why',
        'ListenersNotValid',
      );

const programmedOf = (entries: Entries): ReportedCondition => {
  const reasons = entries.map(({ unserved }) => unserved);
  if (reasons.includes(undefined)) return programmed('The ListenerSet is served');
  const reason = reasons.every((one) => one?.reason === 'PortUnavailable')
    ? 'PortUnavailable'
    : 'Invalid';
  return fails('Programmed', {
    reason,
    message: 'None of its listeners can be served; each says why',
  });
};
