import type { Collection } from '../../collection/collection.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { Problem } from '../../problem/problem.ts';

/**
 * How a listener serves its server names: with a filter chain for each, or with one for all that
 * fetches certificates on demand.
 */
export type TlsLayout = 'chains' | 'on-demand';

/** The layout of one listener, and the one it would have if there were no other listener. */
export interface ListenerLayout {
  readonly layout: TlsLayout;
  readonly wanted: TlsLayout;
  readonly problems: readonly Problem[];
}

/** The layout of each listener. */
export type TlsLayouts = Collection<ListenerName, ListenerLayout>;
