import {
  empty,
  get,
  has,
  keys,
  remove,
  set,
  type Collection,
} from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import type { Kind } from '../kind.ts';
import type { Decoded, KubeEvent } from '../kube-event.ts';
import { isNotice, type Notice } from './notice.ts';
import {
  fetchedKinds,
  referenceParts,
  referenceTo,
  referringKinds,
  type Reference,
} from './reference.ts';
import { noReferences, referencesAfter, type IsOurs, type References } from './references.ts';

/** The result of reading one object. */
export type Reading = { readonly object: Reference } & (
  | { readonly _tag: 'Read'; readonly version: string; readonly item: Decoded }
  /** There is no such object, or it is of no use to us. */
  | { readonly _tag: 'Absent' }
  | { readonly _tag: 'Unreadable'; readonly reason: string }
);

/** Which objects are referred to, and in which version each was read. */
export interface ReferencedObjects extends References {
  /** Fetched although no object refers to it. */
  readonly always: Reference;
  readonly held: Collection<Reference, string>;
  readonly unreadable: Collection<Reference, true>;
  /** The kinds of which every object, or the name of every object, is known. */
  readonly known: ReadonlySet<Kind>;
  /** Whether the fetched objects have been passed on as `Listed`. */
  readonly listed: boolean;
}

/** What to do about some news. */
export interface Fetch {
  readonly objects: ReferencedObjects;
  /** What has to be read before the events may pass. */
  readonly toRead: readonly Reference[];
  readonly events: readonly KubeEvent[];
}

/** Nothing known yet. */
export const noObjects = (always: Reference): ReferencedObjects => ({
  always,
  ...noReferences,
  held: empty(),
  unreadable: empty(),
  known: new Set(),
  listed: false,
});

/**
 * Learns from events and notices which objects to read and which to forget.
 *
 * Nothing is read until all objects that can refer to others, and all names, are known. Then
 * everything is read at once.
 */
export const heard =
  (isOurs: IsOurs) =>
  (before: ReferencedObjects, news: readonly (KubeEvent | Notice)[]): Fetch => {
    const { references, referenced } = referencesAfter(isOurs)(before, news);
    const known = news.reduce(knownAfter, before.known);
    const objects = { ...before, references, referenced, known };
    const events = news.filter((one) => !isNotice(one));
    if (!isComplete(objects)) return { objects, toRead: [], events };
    if (!before.listed) return { objects, toRead: allReferenced(objects), events };
    const changes = diff(before.referenced.output, referenced.output);
    const fresh = changes.flatMap(({ key, before: old }) => (old === undefined ? [key] : []));
    const dropped = changes.flatMap(({ key }) => (isReferenced(objects, key) ? [] : [key]));
    const toRead = new Set([...fresh, ...news.flatMap((one) => stale(objects, one))]);
    const gone = new Set([...dropped, ...news.flatMap((one) => vanished(objects, one))]);
    return {
      objects: [...gone].reduce(forgotten, objects),
      toRead: [...toRead].filter((one) => isReferenced(objects, one)),
      events: [...events, ...[...gone].filter((one) => isHeld(objects, one)).map(deleted)],
    };
  };

/** The events that pass once everything was read: fetched objects, then what refers to them. */
export const received = (
  { objects, events }: Fetch,
  readings: readonly Reading[],
): { readonly objects: ReferencedObjects; readonly events: readonly KubeEvent[] } => {
  const after = { ...readings.reduce(remembered, objects), listed: true };
  if (!objects.listed)
    return { objects: after, events: [...fetchedKinds.map(listed(readings)), ...events] };
  const changes = readings.flatMap((reading): readonly KubeEvent[] => {
    const [kind] = referenceParts(reading.object);
    const item = itemOf(reading);
    if (item !== undefined) return [{ _tag: 'Applied', kind, item }];
    return isHeld(objects, reading.object) ? [deleted(reading.object)] : [];
  });
  return { objects: after, events: [...changes, ...events] };
};

/** Whether enough is known to read the referenced objects and pass them on as `Listed`. */
export const isDue = (objects: ReferencedObjects): boolean =>
  isComplete(objects) && !objects.listed;

const isComplete = ({ known }: ReferencedObjects): boolean =>
  [...referringKinds, ...fetchedKinds].every((kind) => known.has(kind));

const isReferenced = ({ always, referenced }: ReferencedObjects, one: Reference): boolean =>
  one === always || has(referenced.output, one);

const allReferenced = ({ always, referenced }: ReferencedObjects): readonly Reference[] => [
  ...new Set([always, ...keys(referenced.output)]),
];

const knownAfter = (known: ReadonlySet<Kind>, news: KubeEvent | Notice): ReadonlySet<Kind> =>
  news._tag === 'Listed' || news._tag === 'AllNoticed' ? new Set([...known, news.kind]) : known;

/** The objects that exist in another version than the one that was read. */
const stale = (objects: ReferencedObjects, news: KubeEvent | Notice): readonly Reference[] => {
  switch (news._tag) {
    case 'Noticed': {
      const one = referenceTo(news.kind, news.key);
      return get(objects.held, one) === news.version ? [] : [one];
    }
    case 'AllNoticed':
      return allReferenced(objects).filter((one) => {
        const [kind, key] = referenceParts(one);
        const version = kind === news.kind ? news.versions.get(key) : undefined;
        return version !== undefined && get(objects.held, one) !== version;
      });
    default:
      return [];
  }
};

const vanished = (objects: ReferencedObjects, news: KubeEvent | Notice): readonly Reference[] => {
  if (news._tag === 'NoticedGone') return [referenceTo(news.kind, news.key)];
  if (news._tag !== 'AllNoticed') return [];
  return [...keys(objects.held), ...keys(objects.unreadable)].filter((one) => {
    const [kind, key] = referenceParts(one);
    return kind === news.kind && !news.versions.has(key);
  });
};

const isHeld = ({ held, unreadable }: ReferencedObjects, one: Reference): boolean =>
  has(held, one) || has(unreadable, one);

const forgotten = (objects: ReferencedObjects, one: Reference): ReferencedObjects => ({
  ...objects,
  held: remove(objects.held, one),
  unreadable: remove(objects.unreadable, one),
});

const remembered = (objects: ReferencedObjects, reading: Reading): ReferencedObjects => {
  const rest = forgotten(objects, reading.object);
  switch (reading._tag) {
    case 'Read':
      return { ...rest, held: set(rest.held, reading.object, reading.version) };
    case 'Absent':
      return rest;
    case 'Unreadable':
      return { ...rest, unreadable: set(rest.unreadable, reading.object, true) };
  }
};

const listed =
  (readings: readonly Reading[]) =>
  (kind: Kind): KubeEvent => ({
    _tag: 'Listed',
    kind,
    items: readings
      .filter(({ object }) => referenceParts(object)[0] === kind)
      .flatMap((reading) => itemOf(reading) ?? []),
  });

/** An object that cannot be read stays as it was read last, with a problem. */
const itemOf = (reading: Reading): Decoded | undefined => {
  if (reading._tag === 'Read') return reading.item;
  if (reading._tag === 'Absent') return undefined;
  const { object, reason } = reading;
  const [, key] = referenceParts(object);
  return { key, problems: [{ _tag: 'InvalidCertificate', object, field: '', reason }] };
};

const deleted = (one: Reference): KubeEvent => {
  const [kind, key] = referenceParts(one);
  return { _tag: 'Deleted', kind, key };
};
