import { refParts, type ObjectRef } from '../ir/object-ref.ts';
import { recordOf } from '../kube/codec/record-of.ts';
import { isKind, kindTable } from '../kube/kind.ts';
import type { Condition } from './condition.ts';
import { gatewayStatusOf, type GatewayStatus } from './gateway-status.ts';
import { heldGatewayStatus, wantedGatewayDigest } from './held-gateway-status.ts';
import { heldStatus, wantedDigest, type HeldStatus } from './held-status.ts';
import { statusOf, type ObjectStatus } from './object-status.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';

/** What is said of an object, in the words of its language. */
export type Status = ObjectStatus | GatewayStatus;

/** What the owner of an object is told. */
export const statusFor = (outcome: Outcome, acknowledgement: Acknowledgement): Status =>
  isOfGateway(refParts(outcome.object)[0])
    ? gatewayStatusOf(outcome, acknowledgement)
    : statusOf(outcome, acknowledgement);

/**
 * Whether no version of an object of the Gateway API was ever readable, so that nobody knows whose it is: what its
 * status says is left as it is.
 */
export const isUnread = ({ object, refusals, report }: Outcome): boolean =>
  isOfGateway(refParts(object)[0]) && refusals !== undefined && report === undefined;

/** All conditions in a status, wherever they stand. */
export const conditionsIn = (status: Status): readonly Condition<string>[] => {
  if (!('report' in status)) return status.conditions;
  const { conditions = [], listeners = [], parents = [], ancestors = [] } = status.report;
  return [
    ...conditions,
    ...[...listeners, ...parents, ...ancestors].flatMap((entry) => entry.conditions),
  ];
};

/** What the digest of this status would be, if the API server held it. */
export const digestOfStatus = (status: Partial<ObjectStatus> | GatewayStatus): string =>
  'report' in status ? wantedGatewayDigest(status) : wantedDigest(status);

/** What the API server holds of the status of an object, which it gave with all its fields. */
export const heldOf = (kind: string, raw: unknown): HeldStatus =>
  isOfGateway(kind) ? heldGatewayStatus(raw) : heldStatus(recordOf(raw)['status']);

/** Whether the owner of an object is told by its status; where it only carries others, Events alone tell. */
export const hasStatus = (object: ObjectRef): boolean => {
  const [kind] = refParts(object);
  return isKind(kind) && kindTable[kind].language !== undefined;
};

/** Whether the statuses of a kind are those of the Gateway API. */
const isOfGateway = (kind: string): boolean =>
  isKind(kind) && kindTable[kind].language === 'gateway';
