import { groupBy } from '../../../collection/operator/group-by.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { CompiledObject } from '../route/compiled-object.ts';

/** The Gateways of each Service, as one kind of routes makes them its users: by Service, then by route. */
export const gatewaysByService = groupBy(
  (
    { parents, compiled }: CompiledObject,
    _: ObjectKey,
  ): readonly (readonly [ObjectKey, readonly ObjectKey[]])[] => {
    const gateways = parents.flatMap(({ gateway, rejection }) =>
      gateway === undefined || rejection !== undefined ? [] : [gateway],
    );
    if (gateways.length === 0) return [];
    const all = [...new Set(gateways)].sort();
    const services = new Set(compiled.flatMap(({ rules }) => rules.services));
    return Array.from(services, (service) => [service, all] as const);
  },
);
