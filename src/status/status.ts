import { refParts, type ObjectRef } from '../ir/object-ref.ts';
import { recordOf } from '../kube/codec/record-of.ts';
import { isKind, isTold, kindTable } from '../kube/kind.ts';
import type { Condition } from './condition.ts';
import { gatewayStatusOf, type GatewayStatus } from './gateway-status.ts';
import { heldGatewayStatus, wantedGatewayDigest } from './held-gateway-status.ts';
import { heldStatus, wantedDigest, type HeldStatus } from './held-status.ts';
import { ingressStatusOf } from './ingress-status.ts';
import { statusOf, type ObjectStatus } from './object-status.ts';
import type { Acknowledgement, Outcome } from './outcome.ts';

/** What is said of an object, in the words of its language. */
export type Status = ObjectStatus | GatewayStatus;

/** What the owner of an object is told. */
export const statusFor = (outcome: Outcome, acknowledgement: Acknowledgement): Status =>
  statuses[writtenAs(refParts(outcome.object)[0])](outcome, acknowledgement);

const statuses = { own: statusOf, gateway: gatewayStatusOf, ingress: ingressStatusOf } as const;

/**
 * Whether no version of an object of the Gateway API was ever readable, so that nobody knows whose it is: what its
 * status says is left as it is.
 */
export const isUnread = ({ object, refusals, report }: Outcome): boolean =>
  writtenAs(refParts(object)[0]) === 'gateway' && refusals !== undefined && report === undefined;

/** All conditions in a status, wherever they stand. */
export const conditionsIn = (status: Status): readonly Condition<string>[] => {
  if (!('report' in status)) return status.conditions;
  if (status.unwritten !== undefined) return status.unwritten;
  const { conditions = [], listeners = [], parents = [], ancestors = [] } = status.report;
  return [
    ...conditions,
    ...[...listeners, ...parents, ...ancestors].flatMap((entry) => entry.conditions),
  ];
};

/** Whether a status has no room for what its owner is told, so that Events tell it, whatever the status holds. */
export const isToldByEvents = (status: Status): boolean =>
  'report' in status && status.unwritten !== undefined;

/** What the digest of this status would be, if the API server held it. */
export const digestOfStatus = (status: Partial<ObjectStatus> | GatewayStatus): string =>
  'report' in status ? wantedGatewayDigest(status) : wantedDigest(status);

/** What the API server holds of the status of an object, which it gave with all its fields. */
export const heldOf = (kind: string, raw: unknown): HeldStatus =>
  writtenAs(kind) === 'own' ? heldStatus(recordOf(raw)['status']) : heldGatewayStatus(raw);

/** Whether the owner of an object is told by its status; where it only carries others, Events alone tell. */
export const hasStatus = (object: ObjectRef): boolean => {
  const [kind] = refParts(object);
  return isKind(kind) && isTold(kind);
};

/** How statuses of a kind are written: as those of our own kinds, of the Gateway API, or of an Ingress. */
const writtenAs = (kind: string): keyof typeof statuses => {
  if (kind === 'Ingress') return 'ingress';
  return isKind(kind) && kindTable[kind].language === 'gateway' ? 'gateway' : 'own';
};
