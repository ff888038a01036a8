import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterChain, FilterChainKey, Listener, ListenerName } from '../../ir/listener.ts';
import type { Problem } from '../../problem/problem.ts';

/** A Listener that opens, or why it does not. */
interface Opened {
  readonly listener?: Listener;
  readonly problems: readonly Problem[];
}

interface OpenTables {
  readonly chains: Collection<FilterChainKey, true>;
}

/** The Listeners that have a filter chain: Envoy takes no other. */
export interface OpenListeners {
  readonly chains: Grouped<FilterChainKey, FilterChain, ListenerName, true>;
  readonly opened: Joined<ListenerName, { readonly listener: Listener }, OpenTables, Opened>;
  readonly listeners: Mapped<ListenerName, Opened, Listener>;
}

/** Drops the Listeners that no Host binds to, and reports them. */
export function* openListeners(
  previous: OpenListeners | undefined,
  candidates: Collection<ListenerName, { readonly listener: Listener }>,
  filterChains: Collection<FilterChainKey, FilterChain>,
): Work<OpenListeners> {
  const chains = yield* chainsByListener(previous?.chains, filterChains);
  const opened = yield* openEach(previous?.opened, candidates, { chains: chains.output });
  return { chains, opened, listeners: yield* listenersOf(previous?.listeners, opened.output) };
}

const chainsByListener = groupBy(({ listener }: FilterChain, _: FilterChainKey) => [
  [listener, true as const],
]);

const openEach = joinEach<ListenerName, { readonly listener: Listener }, OpenTables, Opened>(
  ({ listener }, name, read) =>
    read('chains', name) === undefined
      ? {
          problems: listener.from.map((object) => ({
            _tag: 'NotAttached',
            object,
            field: 'spec.hostBinding',
            reason: 'no Host binds to this Listener; expected at least one',
          })),
        }
      : { listener, problems: [] },
);

const listenersOf = mapEach(({ listener }: Opened, _: ListenerName) => listener);
