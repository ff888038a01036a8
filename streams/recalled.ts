import { defer, identity, map, type MonoTypeOperatorFunction } from 'rxjs';

import { objectRef } from '../src/ir/object-ref.ts';
import type { Kind } from '../src/kube/kind.ts';
import type { Decoded, KubeEvent, Listed } from '../src/kube/kube-event.ts';
import type { LastGood } from '../src/kube/last-good.ts';

/**
 * Gives objects that are not valid the last good version that an earlier run knew.
 *
 *     in      -l--a--l--|     l = Mappings listed, a = a Mapping applied
 *     out     -m--a--l--|     m = Mappings listed, those that are not valid in their last good version
 *
 * Only the first list of a kind is changed, because later ones find in the store what this run knows. What is
 * valid, or is not there any more, stays so. Groups, completion and errors pass.
 */
export const recalled = (
  lastGood: readonly LastGood[],
): MonoTypeOperatorFunction<readonly KubeEvent[]> => {
  const known = new Map(
    lastGood
      .filter(({ because }) => because === 'Invalid')
      .map((one) => [`${objectRef(one.kind, one.key)} ${one.uid ?? ''}`, one.content] as const),
  );
  if (known.size === 0) return identity;
  const recall =
    (kind: Kind) =>
    (item: Decoded): Decoded => {
      const { key, object, version, carries } = item;
      const found = known.get(`${objectRef(kind, key)} ${version?.uid ?? ''}`);
      return {
        ...item,
        ...(object === undefined && found !== undefined && { object: found, former: true }),
        ...(carries !== undefined && {
          carries: {
            ...carries,
            objects: carries.objects.map((one) => ({ ...one, item: recall(one.kind)(one.item) })),
          },
        }),
      };
    };
  return (groups$) =>
    defer(() => {
      const listed = new Set<Kind>();
      const first = (event: Listed): KubeEvent => {
        if (listed.has(event.kind)) return event;
        listed.add(event.kind);
        return { ...event, items: event.items.map(recall(event.kind)) };
      };
      return groups$.pipe(
        map((events) => events.map((event) => (event._tag === 'Listed' ? first(event) : event))),
      );
    });
};
