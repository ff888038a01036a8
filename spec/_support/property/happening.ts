import * as fc from 'fast-check';

import { decode } from '../../../src/kube/decode.ts';
import { kinds } from '../../../src/kube/kind.ts';
import type { KubeEvent, WorldEvent } from '../../../src/kube/kube-event.ts';
import { consulEvents } from '../consul/any-consul.ts';
import { applied, listed, type Manifest } from '../world/builders.ts';

/** What can happen: an object comes or changes, goes, takes another name, its kind is listed, or Consul says something. */
export type Happening =
  | { readonly _tag: 'Put' | 'Gone'; readonly object: Manifest }
  | { readonly _tag: 'Renamed'; readonly object: Manifest; readonly other: Manifest }
  | { readonly _tag: 'Relisted'; readonly objects: readonly Manifest[] }
  | { readonly _tag: 'Answered'; readonly event: WorldEvent };

/** Batches of what happens to such objects. */
export const historyOf = (
  anyObject: fc.Arbitrary<Manifest>,
): fc.Arbitrary<readonly (readonly Happening[])[]> =>
  fc.array(
    fc.array(
      fc.oneof(
        {
          arbitrary: fc.record({ _tag: fc.constant('Put' as const), object: anyObject }),
          weight: 6,
        },
        {
          arbitrary: fc.record({ _tag: fc.constant('Gone' as const), object: anyObject }),
          weight: 2,
        },
        fc.record({ _tag: fc.constant('Renamed' as const), object: anyObject, other: anyObject }),
        fc.record({
          _tag: fc.constant('Relisted' as const),
          objects: fc.uniqueArray(anyObject, { maxLength: 8, selector: keyOf }),
        }),
        fc.record({ _tag: fc.constant('Answered' as const), event: consulEvents }),
      ),
      { minLength: 2, maxLength: 6 },
    ),
    { minLength: 1, maxLength: 8 },
  );

/** Kind, namespace and name. */
export function keyOf({ kind, metadata }: Manifest): string {
  return `${kind} ${String(metadata['namespace'])}/${String(metadata['name'])}`;
}

/** The events by which a source says what happened. */
export const eventsOf = (happening: Happening): readonly WorldEvent[] => {
  switch (happening._tag) {
    case 'Answered':
      return [happening.event];
    case 'Put':
      return [applied(happening.object)];
    case 'Gone':
      return [deleted(happening.object)];
    case 'Renamed': {
      const metadata = { ...happening.object.metadata, name: happening.other.metadata['name'] };
      return [deleted(happening.object), applied({ ...happening.object, metadata })];
    }
    case 'Relisted': {
      const present = new Set(happening.objects.map(({ kind }) => kind));
      return listed(happening.objects).filter(
        (event) => event._tag === 'Listed' && present.has(event.kind),
      );
    }
  }
};

const deleted = (object: Manifest): KubeEvent => {
  const decoding = decode(object);
  const kind = kinds.find((one) => one === object.kind);
  if (decoding._tag !== 'Decoded' || kind === undefined) throw new Error(keyOf(object));
  return { _tag: 'Deleted', kind, key: decoding.item.key };
};
