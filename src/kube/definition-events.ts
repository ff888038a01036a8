import { kindEvents, type Arrival } from './arrival.ts';
import type { Decoded, KubeEvent } from './kube-event.ts';
import type { Reflected } from './reflect/reflected.ts';

/**
 * What happened to the definitions of the Gateway API's kinds, as events. That they cannot be read is no
 * problem: then the Gateway API is not read either, and no release of it is known.
 */
export const definitionEvents = (reflected: Reflected<Arrival>): readonly KubeEvent[] => {
  switch (reflected._tag) {
    case 'Synced':
      return [listed(reflected.items.flatMap(({ item }) => item ?? []))];
    case 'Upserted':
    case 'Removed':
      return reflected.item.item === undefined ? [] : kindEvents(kind)(reflected);
    case 'Interrupted':
      return reflected.cause === 'Unreachable' ? [] : [listed([])];
    case 'Restored':
      return [];
  }
};

const kind = 'CustomResourceDefinition';

const listed = (items: readonly Decoded[]): KubeEvent => ({
  _tag: 'Listed',
  kind,
  items,
});
