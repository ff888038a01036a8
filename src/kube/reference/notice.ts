import type { ObjectKey } from '../../ir/object-ref.ts';
import { kindEvents } from '../arrival.ts';
import type { Kind } from '../kind.ts';
import type { KubeEvent } from '../kube-event.ts';
import type { Reflected } from '../reflect/reflected.ts';
import { referenceParts, type Reference } from './reference.ts';

/** What the API server says of objects without showing them: names and versions. */
export type Notice = { readonly kind: Kind } & (
  | { readonly _tag: 'AllNoticed'; readonly versions: ReadonlyMap<ObjectKey, string> }
  | { readonly _tag: 'Noticed'; readonly key: ObjectKey; readonly version: string }
  | { readonly _tag: 'NoticedGone'; readonly key: ObjectKey }
);

/** What a list-watch of the metadata of a kind says, as notices. */
export const notices =
  (kind: Kind) =>
  (
    reflected: Reflected<{ readonly key: ObjectKey; readonly version: string }>,
  ): readonly (Notice | KubeEvent)[] => {
    switch (reflected._tag) {
      case 'Synced': {
        const versions = reflected.items.map(({ key, version }) => [key, version] as const);
        return [{ _tag: 'AllNoticed', kind, versions: new Map(versions) }];
      }
      case 'Upserted':
        return [{ _tag: 'Noticed', kind, ...reflected.item }];
      case 'Removed':
        return [{ _tag: 'NoticedGone', kind, key: reflected.item.key }];
      case 'Interrupted':
      case 'Restored':
        return kindEvents(kind)(reflected);
    }
  };

/** Of a kind whose names are not listed: none is known. */
export const nothingNoticed = (kind: Kind): Notice => ({
  _tag: 'AllNoticed',
  kind,
  versions: new Map(),
});

/** What a list-watch of the metadata of one object says, as notices and as a problem of that object. */
export const noticesOf =
  (reference: Reference) =>
  (
    reflected: Reflected<{ readonly key: ObjectKey; readonly version: string }>,
  ): readonly (Notice | KubeEvent)[] => {
    const [kind, key] = referenceParts(reference);
    const gone: Notice = { _tag: 'NoticedGone', kind, key };
    switch (reflected._tag) {
      case 'Synced': {
        const [item] = reflected.items;
        return [
          item === undefined ? gone : { _tag: 'Noticed', kind, ...item },
          followable(reference),
        ];
      }
      case 'Upserted':
        return [{ _tag: 'Noticed', kind, ...reflected.item }];
      case 'Removed':
        return [gone];
      case 'Restored':
        return [followable(reference)];
      case 'Interrupted':
        return reflected.cause === 'Forbidden'
          ? [unseen(reference, `changes of it are not seen: ${reflected.message}`)]
          : [];
    }
  };

/** There is no problem any more with following an object. */
export const followable = (reference: Reference): KubeEvent => ({
  ...about(reference),
  problems: [],
});

const unseen = (object: Reference, reason: string): KubeEvent => ({
  ...about(object),
  problems: [{ _tag: 'InvalidCertificate', object, field: '', reason }],
});

/** No kind is called `changes`, so an origin is never the name of an object. */
const about = (reference: Reference) =>
  ({ _tag: 'Reported', origin: `changes of ${reference}` }) as const;

/** Whether news are a notice. */
export const isNotice = (news: KubeEvent | Notice): news is Notice =>
  news._tag.startsWith('Noticed') || news._tag === 'AllNoticed';
