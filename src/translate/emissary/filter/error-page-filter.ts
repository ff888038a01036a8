import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import { errorPagesFilter } from '../../../ir/filter/error-pages.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { CompiledMapping } from '../mapping/compiled-mapping.ts';

/** The filter that replaces errors, while a Mapping asks for it. */
export interface ErrorPageFilter {
  readonly askers: Grouped<ObjectKey, CompiledMapping, FilterName, true>;
  readonly filters: Mapped<FilterName, Collection<ObjectKey, true>, HttpFilter>;
}

/** Brings the filter while any Mapping has pages, of its own or of the Module. */
export function* errorPageFilter(
  previous: ErrorPageFilter | undefined,
  mappings: Collection<ObjectKey, CompiledMapping>,
): Work<ErrorPageFilter> {
  const askers = yield* askersOf(previous?.askers, mappings);
  return { askers, filters: yield* filterEach(previous?.filters, askers.output) };
}

const askersOf = groupBy(({ errorPages }: CompiledMapping, _: ObjectKey) =>
  errorPages === undefined ? [] : [[errorPagesFilter, true as const] as const],
);

const filterEach = mapEach<FilterName, Collection<ObjectKey, true>, HttpFilter>(() => filter);

const filter: HttpFilter = { _tag: 'ErrorPages', from: [] };
