import { values, type Collection } from '../../../../src/collection/collection.ts';
import { groupBy, type Grouped } from '../../../../src/collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../../src/collection/operator/map-each.ts';
import type { Work } from '../../../../src/collection/work.ts';
import type { FilterName } from '../../../../src/ir/filter/filter-name.ts';
import type { ListenerName } from '../../../../src/ir/listener.ts';
import { objectRef, type ObjectKey } from '../../../../src/ir/object-ref.ts';
import type { FilterClaim } from '../../../../src/translate/contribution/contribution.ts';

/** A Service of the plain language that may ask for a filter on its port. */
export interface Limiting {
  readonly name: string;
  readonly listener: ListenerName;
  /** How many bytes a request may have. */
  readonly limit: number | undefined;
}

/** The filters of all such Services. */
export interface PlainFilters {
  readonly limits: Grouped<ObjectKey, Limiting, FilterName, FilterClaim>;
  readonly filters: Mapped<FilterName, Collection<ObjectKey, FilterClaim>, FilterClaim>;
}

/** Makes a filter for each Service that asks for one. */
export function* plainFilters(
  previous: PlainFilters | undefined,
  asked: Collection<ObjectKey, Limiting>,
): Work<PlainFilters> {
  const limits = yield* limitsOf(previous?.limits, asked);
  return { limits, filters: yield* onlyOne(previous?.filters, limits.output) };
}

const limitsOf = groupBy<ObjectKey, Limiting, FilterName, FilterClaim>(
  ({ name, listener, limit }) => {
    if (limit === undefined) return [];
    const ref = objectRef('Service', `plain/${name}`);
    const filter = { _tag: 'Buffer', maxRequestBytes: limit, from: [ref] } as const;
    return [[`${ref} limit`, { filter, listeners: [listener] }] as const];
  },
);

const onlyOne = mapEach((all: Collection<ObjectKey, FilterClaim>, _: FilterName) => firstOf(all));

/** Any one of what several Services say. */
export const firstOf = <V>(all: Collection<ObjectKey, V>): V | undefined => {
  const [first] = values(all);
  return first;
};
