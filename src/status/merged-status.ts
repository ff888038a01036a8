import { recordOf } from '../kube/codec/record-of.ts';
import type { GatewayStatus, SaidReport } from './gateway-status.ts';
import { heldGatewayStatus } from './held-gateway-status.ts';
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

/** A merge patch of a status: `null` removes a field. */
export type StatusPatch = Readonly<Record<string, unknown>>;

/**
 * The patch that puts our part into the status of an object as the API server has it. What others wrote stays
 * as it is and where it is: their conditions, and their entries of lists that are ours and theirs.
 */
export const mergedStatus = (raw: unknown, { report }: GatewayStatus, now: string): StatusPatch =>
  Object.keys(report).length === 0
    ? withoutOurs(raw)
    : withOurs(recordOf(recordOf(raw)['status']), report, times(heldGatewayStatus(raw), now));

/** The same where nothing but ours is known to be there, of which only the times matter. */
export const wholeStatus = (held: HeldStatus, { report }: GatewayStatus, now: string) =>
  withOurs({}, report, times(held, now));

/** Since when a condition has its status. */
type Since = (place: string, condition: Fields) => string;

/** A condition keeps its time as long as it keeps its status. */
const times =
  ({ conditions }: HeldStatus, now: string): Since =>
  (place, { type, status }) => {
    const before = conditions[conditionKey(place, type)];
    const since = before?.status === status ? before?.lastTransitionTime : '';
    return since === undefined || since === '' ? now : since;
  };

const withOurs = (stored: Fields, report: SaidReport, since: Since): StatusPatch => {
  const { conditions, listeners, parents, ancestors, loadBalancer, ...fields } = report;
  const merge = (place: string, before: unknown, ours: readonly object[] = []) =>
    mergedConditions(
      entriesOf(before),
      ours.map(recordOf).map((one) => ({ ...one, lastTransitionTime: since(place, one) })),
    );
  const shared = (list: (typeof sharedLists)[number][0], ours: readonly object[]) => {
    const [, ref] = sharedLists[list === 'parents' ? 0 : 1];
    const before = entriesOf(stored[list]);
    const keyOf = (entry: Fields): string => refKey(entry[ref]);
    return mergedEntries(
      before,
      ours.map(recordOf).map((entry) => {
        const old = before.find((one) => isSigned(one) && keyOf(one) === keyOf(entry));
        const said = merge(keyOf(entry), old?.['conditions'], entriesOf(entry['conditions']));
        return { ...entry, conditions: said };
      }),
      keyOf,
      mostEntries[list],
    );
  };
  if (loadBalancer !== undefined) return { loadBalancer };
  if (parents !== undefined) return { parents: shared('parents', parents) };
  if (ancestors !== undefined) return { ancestors: shared('ancestors', ancestors) };
  return {
    ...noFields,
    ...fields,
    conditions: merge('', stored['conditions'], conditions),
    listeners:
      listeners?.map((listener) => {
        const { name } = listener;
        const old = entriesOf(stored['listeners']).find((one) => one['name'] === name);
        return { ...listener, conditions: merge(name, old?.['conditions'], listener.conditions) };
      }) ?? null,
  };
};

/** What an earlier report may have said. */
const noFields = { addresses: null, attachedListenerSets: null, supportedFeatures: null };

/** The most entries that the definitions allow; those of others stay, whatever we have to say. */
const mostEntries = { parents: 32, ancestors: 16 };

/** In the order in which they are there; what is new comes last. */
const mergedConditions = (
  before: readonly Fields[],
  ours: readonly Fields[],
): readonly Fields[] => {
  const ourOf = (type: unknown): Fields | undefined => ours.find((one) => one['type'] === type);
  const kept = before.flatMap((one): readonly Fields[] => {
    const { type } = one;
    return [ourOf(type) ?? (isOwnType(type) ? [] : one)].flat();
  });
  return [...kept, ...ours.filter(({ type }) => !before.some((one) => one['type'] === type))];
};

/** Entries of others stay where they are; ours take their places again, and new ones come last. */
const mergedEntries = (
  before: readonly Fields[],
  ours: readonly Fields[],
  keyOf: (entry: Fields) => string,
  most: number,
): readonly Fields[] => {
  const theirs = before.filter((one) => !isSigned(one));
  const fitting = ours.slice(0, Math.max(0, most - theirs.length));
  const left = new Map(fitting.map((one) => [keyOf(one), one]));
  const kept = before.flatMap((one): readonly Fields[] => {
    if (!isSigned(one)) return [one];
    const key = keyOf(one);
    const our = left.get(key);
    left.delete(key);
    return our === undefined ? [] : [our];
  });
  return [...kept, ...left.values()];
};

/**
 * Without conditions the API server says again that no controller has come yet. What has no conditions beside
 * it that say whose it is, as addresses, goes with our `Accepted`.
 */
const withoutOurs = (raw: unknown): StatusPatch => {
  const { metadata, status: unread } = recordOf(raw);
  const { managedFields } = recordOf(metadata);
  const status = recordOf(unread);
  const owned = ownedConditions(managedFields);
  const fields = ownedFields(managedFields);
  const rest = (place: string, conditions: unknown): readonly Fields[] =>
    entriesOf(conditions).filter(({ type }) => !owned.has(conditionKey(place, type)));
  const conditions = rest('', status['conditions']);
  const listeners = entriesOf(status['listeners']).flatMap((one) => {
    const left = rest(textOf(one['name']), one['conditions']);
    return left.length === 0 ? [] : [{ ...one, conditions: left }];
  });
  const own = Object.keys(noFields).filter((name) => owned.has('Accepted') && fields.has(name));
  return {
    ...Object.fromEntries(own.map((name) => [name, null])),
    ...(fields.has('loadBalancer') && { loadBalancer: { ingress: null } }),
    ...(status['conditions'] !== undefined && {
      conditions: conditions.length === 0 ? null : conditions,
    }),
    ...(status['listeners'] !== undefined && {
      listeners: listeners.length === 0 ? null : listeners,
    }),
    ...Object.fromEntries(
      sharedLists.flatMap(([list]) =>
        status[list] === undefined
          ? []
          : [[list, entriesOf(status[list]).filter((entry) => !isSigned(entry))] as const],
      ),
    ),
  };
};
