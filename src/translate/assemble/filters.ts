import { from, keys, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import { union, unionOf, type United, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import { corsFilter } from '../../ir/filter/cors.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../ir/filter/filter.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { FilterClaim } from '../contribution/contribution.ts';

/** The HTTP filters of all languages, and which of them the chains of a listener list. */
export interface AssembledFilters {
  readonly claims: UnitedAll<FilterName, FilterClaim>;
  readonly claimed: Mapped<FilterName, FilterClaim, HttpFilter>;
  readonly shared: typeof shared;
  readonly filters: United<FilterName, HttpFilter>;
  readonly ofListener: Grouped<FilterName, FilterClaim, ListenerName, true>;
  /** Of listeners for which a language brings any, beside those of every chain. */
  readonly listed: Mapped<ListenerName, Collection<FilterName, true>, readonly FilterName[]>;
}

/** What every chain lists: its settings are those of routes, so it is there before the first one has any. */
export const sharedFilters: readonly FilterName[] = [corsFilter];

/** Puts the filters of all languages together. No two languages name one alike. */
export function* assembledFilters(
  previous: AssembledFilters | undefined,
  brought: readonly Collection<FilterName, FilterClaim>[],
): Work<AssembledFilters> {
  const claims = yield* unionOf(previous?.claims, brought);
  const claimed = yield* filterEach(previous?.claimed, claims.output);
  const filters = yield* union(previous?.filters, claimed.output, shared.output);
  const ofListener = yield* byListener(previous?.ofListener, claims.output);
  const listed = yield* listEach(previous?.listed, ofListener.output);
  return { claims, claimed, shared, filters, ofListener, listed };
}

/** The filters that every chain lists, whatever the languages say. */
const shared: OwnStep<Readonly<Record<never, never>>, Collection<FilterName, HttpFilter>> = {
  operator: 'own',
  inputs: {},
  output: from([[corsFilter, { _tag: 'Cors', from: [] }]]),
};

const filterEach = mapEach(({ filter }: FilterClaim, _: FilterName) => filter);

const byListener = groupBy(({ listeners }: FilterClaim, _: FilterName) =>
  listeners.map((listener) => [listener, true as const]),
);

const listEach = mapEach(
  (names: Collection<FilterName, true>, _: ListenerName): readonly FilterName[] => [
    ...sharedFilters,
    ...[...keys(names)].sort(),
  ],
);
