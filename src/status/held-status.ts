import { hash } from 'node:crypto';

import { recordOf } from '../kube/codec/record-of.ts';
import type { ConditionType } from './condition.ts';
import type { ObjectStatus } from './object-status.ts';

/** What is kept of a status that the API server holds: enough to tell whether it must be written. */
export interface HeldStatus {
  readonly digest: string;
  /** By type; of the Gateway API, by place and type. */
  readonly conditions: Readonly<Partial<Record<string, Transition>>>;
  /** Only of an object whose status others write to as well. */
  readonly shared?: {
    readonly resourceVersion: string;
    /** Something that is not ours stands in a list that we write. */
    readonly isMixed: boolean;
    /** Something of ours stands there. */
    readonly isOurs: boolean;
  };
}

/** Since when a condition is true, or false. */
interface Transition {
  readonly status: string;
  /** Empty if the status does not say. */
  readonly lastTransitionTime: string;
}

/** Reads the part of a status that Headgate writes; anything else in it does not matter. */
export const heldStatus = (raw: unknown): HeldStatus => (raw === undefined ? none : held(raw));

const held = (raw: unknown): HeldStatus => {
  const { conditions, ...fields } = recordOf(raw);
  const ours = (Array.isArray(conditions) ? conditions : [])
    .map(recordOf)
    .filter(({ type }) => isOurs(type));
  return {
    digest: digestOf(ours, fields),
    conditions: Object.fromEntries(
      ours.map(({ type, status, lastTransitionTime }) => [
        type,
        { status: text(status), lastTransitionTime: text(lastTransitionTime) },
      ]),
    ),
  };
};

/** What the digest of this status would be, if the API server held it. */
export const wantedDigest = ({ conditions = [], ...fields }: Partial<ObjectStatus>): string =>
  digestOf(conditions, fields);

type Fields = Readonly<Record<string, unknown>>;

/** The text of a field; not every definition says that it is one. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const types: readonly unknown[] = [
  'Accepted',
  'BackendsAvailable',
  'Programmed',
  'ResolvedRefs',
] satisfies readonly ConditionType[];

const isOurs = (type: unknown): boolean => types.includes(type);

/** The order of the conditions does not matter; times are left out. */
const digestOf = (conditions: readonly object[], fields: Fields): string => {
  const records = conditions.map(recordOf);
  const said = types.map((type) => {
    const condition = records.find((one) => one['type'] === type) ?? {};
    return conditionFields.map((field) => condition[field] ?? null);
  });
  const content = JSON.stringify([said, statusFields.map((field) => fields[field] ?? null)]);
  return hash('sha256', content, 'base64url').slice(0, 22);
};

const conditionFields = ['status', 'reason', 'message', 'observedGeneration'] as const;

const statusFields = ['state', 'reason', 'errorReason', 'tlsCertificateSource'] as const;

/** Most objects of a new cluster have no status: one value for all of them. */
const none: HeldStatus = held(undefined);
