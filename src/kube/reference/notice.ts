import type { ObjectKey } from '../../ir/object-ref.ts';
import { kindEvents } from '../arrival.ts';
import type { Kind } from '../kind.ts';
import type { KubeEvent } from '../kube-event.ts';
import type { Reflected } from '../reflect/reflected.ts';

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

/** Whether news are a notice. */
export const isNotice = (news: KubeEvent | Notice): news is Notice =>
  news._tag.startsWith('Noticed') || news._tag === 'AllNoticed';
