import { hash } from 'node:crypto';

import { recordOf } from '../kube/codec/record-of.ts';
import type { GatewayStatus } from './gateway-status.ts';
import type { HeldStatus } from './held-status.ts';
import {
  conditionKey,
  entriesOf,
  isOwnType,
  isSigned,
  refKey,
  sharedLists,
  textOf,
  type Fields,
} from './own-part.ts';
import { ownedConditions, ownedFields } from './owned-conditions.ts';

/** Reads our part of the status of an object of the Gateway API, of an object as the API server has it. */
export const heldGatewayStatus = (raw: unknown): HeldStatus => {
  const { metadata, status: unread } = recordOf(raw);
  const { resourceVersion, managedFields } = recordOf(metadata);
  const status = recordOf(unread);
  const places = placesIn(status);
  const all = places.flatMap(([place, conditions]) =>
    conditions.map((condition) => ({ ...condition, key: conditionKey(place, condition['type']) })),
  );
  const ours = all.filter(({ type }: Fields) => isOwnType(type));
  const signed = sharedLists.flatMap(([list]) => entriesOf(status[list]));
  const owned = ownedConditions(managedFields);
  const isAddressed = entriesOf(recordOf(status['loadBalancer'])['ingress']).length > 0;
  return {
    digest: digestOf(status, isOwnType),
    conditions: Object.fromEntries(
      ours.map(({ key, status: is, lastTransitionTime }: Fields) => [
        textOf(key),
        { status: textOf(is), lastTransitionTime: textOf(lastTransitionTime) },
      ]),
    ),
    shared: {
      resourceVersion: textOf(resourceVersion),
      isMixed: ours.length < all.length || signed.some((entry) => !isSigned(entry)),
      isOurs:
        signed.some(isSigned) ||
        ours.some(({ key }) => owned.has(key)) ||
        (isAddressed && ownedFields(managedFields).has('loadBalancer')),
    },
  };
};

/** What the digest of this status would be, if the API server held it. */
export const wantedGatewayDigest = ({ report }: GatewayStatus): string =>
  Object.keys(report).length === 0 ? nothingOfOurs : digestOf({ ...report }, () => true);

/** Stands for a status in which nothing is ours. */
export const nothingOfOurs = '';

/** The conditions that are ours or stand beside ours, by place. */
const placesIn = (status: Fields): readonly (readonly [string, readonly Fields[]])[] => [
  ['', entriesOf(status['conditions'])],
  ...entriesOf(status['listeners']).map(
    ({ name, conditions }) => [textOf(name), entriesOf(conditions)] as const,
  ),
  ...sharedLists.flatMap(([list, ref]) =>
    entriesOf(status[list])
      .filter(isSigned)
      .map((entry) => [refKey(entry[ref]), entriesOf(entry['conditions'])] as const),
  ),
];

type IsOurs = (type: unknown) => boolean;

/** The order of what has a name does not matter; times and what is not ours are left out. */
const digestOf = (status: Fields, isOurs: IsOurs): string => {
  const { conditions, listeners, addresses, attachedListenerSets, supportedFeatures } = status;
  const { ingress } = recordOf(status['loadBalancer']);
  const content = JSON.stringify([
    saidIn(conditions, isOurs),
    sorted(
      entriesOf(listeners).map((one) => [
        textOf(one['name']),
        one['attachedRoutes'] ?? null,
        entriesOf(one['supportedKinds']).map(({ group, kind }) => [group ?? null, kind ?? null]),
        saidIn(one['conditions'], isOurs),
      ]),
    ),
    entriesOf(addresses).map(({ type, value }) => [type ?? null, value ?? null]),
    attachedListenerSets ?? null,
    entriesOf(supportedFeatures).map(({ name }) => name ?? null),
    entriesOf(ingress).map(({ ip, hostname }) => [ip ?? null, hostname ?? null]),
    sharedLists.map(([list, ref]) =>
      sorted(
        entriesOf(status[list])
          .filter(isSigned)
          .map((one) => [refKey(one[ref]), saidIn(one['conditions'], isOurs)]),
      ),
    ),
  ]);
  return hash('sha256', content, 'base64url').slice(0, 22);
};

const saidIn = (conditions: unknown, isOurs: IsOurs): readonly unknown[] =>
  sorted(
    entriesOf(conditions)
      .filter(({ type }) => isOurs(type))
      .map((one) => [textOf(one['type']), ...conditionFields.map((field) => one[field] ?? null)]),
  );

const conditionFields = ['status', 'reason', 'message', 'observedGeneration'] as const;

/** By the name that each entry begins with. */
const sorted = (entries: readonly (readonly unknown[])[]): readonly unknown[] =>
  entries.toSorted(([a], [b]) => (textOf(a) < textOf(b) ? -1 : 1));
