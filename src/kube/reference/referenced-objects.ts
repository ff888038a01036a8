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
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { atOnce } from '../../collection/work.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import { kindEvents } from '../arrival.ts';
import type { Host } from '../emissary/host.ts';
import type { Decoded, KubeEvent } from '../kube-event.ts';
import type { Reflected } from '../reflect/reflected.ts';
import { secretOfHost } from './secret-of-host.ts';

/** What the API server says of Secrets without showing them: names and versions. */
export type SecretNotice =
  | { readonly _tag: 'SecretsNoticed'; readonly versions: ReadonlyMap<ObjectKey, string> }
  | { readonly _tag: 'SecretNoticed'; readonly key: ObjectKey; readonly version: string }
  | { readonly _tag: 'SecretGone'; readonly key: ObjectKey };

/** What reading one Secret gave. */
export type SecretReading = { readonly key: ObjectKey } & (
  | { readonly _tag: 'Read'; readonly version: string; readonly item: Decoded<'Secret'> }
  /** There is none, or none that could hold a certificate. */
  | { readonly _tag: 'Absent' }
  | { readonly _tag: 'Unreadable'; readonly reason: string }
);

/** What a list-watch of Secrets' metadata says, as notices. */
export const secretNotices = (
  reflected: Reflected<{ readonly key: ObjectKey; readonly version: string }>,
): readonly (SecretNotice | KubeEvent)[] => {
  switch (reflected._tag) {
    case 'Synced': {
      const versions = reflected.items.map(({ key, version }) => [key, version] as const);
      return [{ _tag: 'SecretsNoticed', versions: new Map(versions) }];
    }
    case 'Upserted':
      return [{ _tag: 'SecretNoticed', ...reflected.item }];
    case 'Removed':
      return [{ _tag: 'SecretGone', key: reflected.item.key }];
    case 'Interrupted':
    case 'Restored':
      return kindEvents('Secret')(reflected);
  }
};

/** Which Secrets are referred to, and in which version each was read. */
export interface WantedSecrets {
  /** Wanted without anybody who refers to it. */
  readonly always: ObjectKey;
  /** By Host. */
  readonly references: Collection<ObjectKey, readonly ObjectKey[]>;
  readonly wanted: Grouped<ObjectKey, readonly ObjectKey[], ObjectKey, true>;
  readonly held: Collection<ObjectKey, string>;
  readonly unreadable: Collection<ObjectKey, true>;
  readonly hostsListed: boolean;
  readonly secretsNoticed: boolean;
  /** Whether Secrets have been listed downstream. */
  readonly listed: boolean;
}

/** What to do about some news. */
export interface SecretErrand {
  readonly secrets: WantedSecrets;
  /** What has to be read before the events may pass. */
  readonly toRead: readonly ObjectKey[];
  readonly events: readonly KubeEvent[];
}

/** Nothing known yet. */
export const noSecrets = (always: ObjectKey): WantedSecrets => ({
  always,
  references: empty(),
  wanted: byReference(undefined, empty()),
  held: empty(),
  unreadable: empty(),
  hostsListed: false,
  secretsNoticed: false,
  listed: false,
});

/**
 * Learns from events and notices which Secrets to read and which to forget.
 *
 * Before all Hosts and all names of Secrets are known nothing is read; then all at once.
 */
export const heard =
  (isOurs: (host: Host) => boolean) =>
  (before: WantedSecrets, news: readonly (KubeEvent | SecretNotice)[]): SecretErrand => {
    const references = news.reduce(referencesAfter(isOurs), before.references);
    const wanted = byReference(before.wanted, references);
    const secrets = {
      ...before,
      references,
      wanted,
      hostsListed:
        before.hostsListed || news.some((one) => one._tag === 'Listed' && one.kind === 'Host'),
      secretsNoticed: before.secretsNoticed || news.some(({ _tag }) => _tag === 'SecretsNoticed'),
    };
    const events = news.filter(isKubeEvent);
    if (!secrets.hostsListed || !secrets.secretsNoticed) return { secrets, toRead: [], events };
    if (!before.listed) return { secrets, toRead: allWanted(secrets), events };
    const changes = diff(before.wanted.output, wanted.output);
    const fresh = changes.flatMap(({ key, before: old }) => (old === undefined ? [key] : []));
    const dropped = changes.flatMap(({ key }) => (isWanted(secrets, key) ? [] : [key]));
    const toRead = new Set([...fresh, ...news.flatMap((one) => stale(secrets, one))]);
    const gone = new Set([...dropped, ...news.flatMap((one) => vanished(secrets, one))]);
    return {
      secrets: [...gone].reduce(forgotten, secrets),
      toRead: [...toRead].filter((key) => isWanted(secrets, key)),
      events: [...events, ...[...gone].filter((key) => isHeld(secrets, key)).map(deleted)],
    };
  };

/** What passes once everything was read: the Secrets first, then those that refer to them. */
export const received = (
  { secrets, events }: SecretErrand,
  readings: readonly SecretReading[],
): { readonly secrets: WantedSecrets; readonly events: readonly KubeEvent[] } => {
  const after = { ...readings.reduce(remembered, secrets), listed: true };
  if (!secrets.listed) {
    const items = readings.flatMap((reading) => itemOf(reading) ?? []);
    return { secrets: after, events: [{ _tag: 'Listed', kind: 'Secret', items }, ...events] };
  }
  const changes = readings.flatMap((reading): readonly KubeEvent[] => {
    const item = itemOf(reading);
    if (item !== undefined) return [{ _tag: 'Applied', kind: 'Secret', item }];
    return isHeld(secrets, reading.key) ? [deleted(reading.key)] : [];
  });
  return { secrets: after, events: [...changes, ...events] };
};

/** Whether enough is known for the Secrets to be listed downstream. */
export const isDue = ({ hostsListed, secretsNoticed, listed }: WantedSecrets): boolean =>
  hostsListed && secretsNoticed && !listed;

const byReference = atOnce(
  groupBy<ObjectKey, readonly ObjectKey[], ObjectKey, true>((secrets) =>
    secrets.map((key) => [key, true]),
  ),
);

const isWanted = ({ always, wanted }: WantedSecrets, key: ObjectKey): boolean =>
  key === always || has(wanted.output, key);

const allWanted = ({ always, wanted }: WantedSecrets): readonly ObjectKey[] => [
  ...new Set([always, ...keys(wanted.output)]),
];

type References = WantedSecrets['references'];

const referencesAfter =
  (isOurs: (host: Host) => boolean) =>
  (references: References, news: KubeEvent | SecretNotice): References => {
    const refer = (rest: References, { key, object }: Decoded): References => {
      if (object === undefined) return rest;
      const host = object as Host;
      const secret = isOurs(host) ? secretOfHost(host) : undefined;
      return secret === undefined ? remove(rest, key) : set(rest, key, [secret]);
    };
    if (!('kind' in news) || news.kind !== 'Host') return references;
    if (news._tag === 'Applied') return refer(references, news.item);
    if (news._tag === 'Deleted') return remove(references, news.key);
    const present = new Set(news.items.map(({ key }) => key));
    const gone = [...keys(references)].filter((key) => !present.has(key));
    return news.items.reduce(refer, gone.reduce(remove, references));
  };

const isKubeEvent = (news: KubeEvent | SecretNotice): news is KubeEvent =>
  !news._tag.startsWith('Secret');

/** Wanted Secrets that are there in another version than the one that was read. */
const stale = (secrets: WantedSecrets, news: KubeEvent | SecretNotice): readonly ObjectKey[] => {
  switch (news._tag) {
    case 'SecretNoticed':
      return get(secrets.held, news.key) === news.version ? [] : [news.key];
    case 'SecretsNoticed':
      return allWanted(secrets).filter((key) => {
        const version = news.versions.get(key);
        return version !== undefined && get(secrets.held, key) !== version;
      });
    default:
      return [];
  }
};

const vanished = (secrets: WantedSecrets, news: KubeEvent | SecretNotice): readonly ObjectKey[] => {
  if (news._tag === 'SecretGone') return [news.key];
  if (news._tag !== 'SecretsNoticed') return [];
  return [...keys(secrets.held), ...keys(secrets.unreadable)].filter(
    (key) => !news.versions.has(key),
  );
};

const isHeld = ({ held, unreadable }: WantedSecrets, key: ObjectKey): boolean =>
  has(held, key) || has(unreadable, key);

const forgotten = (secrets: WantedSecrets, key: ObjectKey): WantedSecrets => ({
  ...secrets,
  held: remove(secrets.held, key),
  unreadable: remove(secrets.unreadable, key),
});

const remembered = (secrets: WantedSecrets, reading: SecretReading): WantedSecrets => {
  const rest = forgotten(secrets, reading.key);
  switch (reading._tag) {
    case 'Read':
      return { ...rest, held: set(rest.held, reading.key, reading.version) };
    case 'Absent':
      return rest;
    case 'Unreadable':
      return { ...rest, unreadable: set(rest.unreadable, reading.key, true) };
  }
};

/** A Secret that cannot be read stays as it was last, with a problem. */
const itemOf = (reading: SecretReading): Decoded<'Secret'> | undefined => {
  if (reading._tag === 'Read') return reading.item;
  if (reading._tag === 'Absent') return undefined;
  const { key, reason } = reading;
  const object = `Secret ${key}` as const;
  return { key, problems: [{ _tag: 'InvalidCertificate', object, field: '', reason }] };
};

const deleted = (key: ObjectKey): KubeEvent => ({ _tag: 'Deleted', kind: 'Secret', key });
