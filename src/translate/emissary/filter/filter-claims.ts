import { values, type Collection } from '../../../collection/collection.ts';
import { joinEach, type Joined } from '../../../collection/operator/join-each.ts';
import { unionOf, type UnitedAll } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { FilterClaim } from '../../contribution/contribution.ts';
import { isOpen, type AnyListener } from '../listener/binding-graph.ts';

/** The HTTP filters of all of Emissary's kinds, and the claims to have them on its listeners. */
export interface FilterClaims {
  readonly filters: UnitedAll<FilterName, HttpFilter>;
  readonly claims: Joined<FilterName, HttpFilter, BindingTables, FilterClaim>;
}

interface BindingTables {
  /** All Listeners, under the one key `all`. */
  readonly bindings: Collection<ObjectKey, AnyListener>;
}

/**
 * Unites the filters that Emissary's kinds ask for, always the same kinds in the same order. They are for the
 * requests of all its HTTP Listeners; routes of other languages there do not pass them.
 */
export function* filterClaims(
  previous: FilterClaims | undefined,
  ofKinds: readonly Collection<FilterName, HttpFilter>[],
  bindings: Collection<'all', Collection<ObjectKey, AnyListener>>,
): Work<FilterClaims> {
  const filters = yield* unionOf(previous?.filters, ofKinds);
  const claims = yield* claimEach(previous?.claims, filters.output, { bindings });
  return { filters, claims };
}

const claimEach = joinEach<FilterName, HttpFilter, BindingTables, FilterClaim>(
  (filter, _, read) => {
    const bindings = read('bindings', 'all');
    if (bindings === undefined) return undefined;
    const open = [...values(bindings)].filter(isOpen);
    const listeners = [...new Set(open.map(({ name }) => name))].sort();
    return { filter, listeners };
  },
);
