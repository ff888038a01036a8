import { get, keys, remove, type Collection } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { equal } from '../../collection/equal.ts';
import { put } from '../../collection/put.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import { tlsLayoutAnnotation } from '../../kube/core/object-meta.ts';
import type { Problem } from '../../problem/problem.ts';

/**
 * How a Listener serves its TLS Hosts: with a filter chain for each, or with one for all that fetches
 * certificates on demand.
 */
export type TlsLayout = 'chains' | 'on-demand';

/** The layout of one Listener, and the one it would have if it were alone. */
export interface ListenerLayout {
  readonly layout: TlsLayout;
  readonly wanted: TlsLayout;
  readonly problems: readonly Problem[];
}

/** What is to be known of a Listener that may serve over TLS. */
export interface TlsListener {
  readonly name: ListenerName;
  /** Its own wish; absent: by the number of its TLS Hosts. */
  readonly tlsLayout?: TlsLayout;
  readonly ref: ObjectRef;
}

/** What Listeners serve over TLS. */
export interface TlsDemand {
  readonly listeners: Iterable<TlsListener>;
  /** How many server names. */
  readonly serverNames: (listener: ListenerName) => number;
  /** Whether they serve the same certificates for the same server names; the lesser name in front. */
  readonly agree: (a: ListenerName, b: ListenerName) => boolean;
}

/**
 * The layouts of Listeners, given what they were: a change of layout reaches every TLS Host, so a layout
 * is kept until the number of server names is clearly one for the other.
 *
 * Envoy asks for a certificate by the server name alone, whatever the Listener. So those that serve on
 * demand serve the same, and one that does not agree with the first of them keeps its chains.
 */
export const tlsLayouts = (
  previous: Collection<ListenerName, ListenerLayout>,
  { listeners, serverNames, agree }: TlsDemand,
): Collection<ListenerName, ListenerLayout> => {
  const sorted = [...listeners].sort((a, b) => (a.name < b.name ? -1 : 1));
  const gone = [...keys(previous)].filter((name) => sorted.every((one) => one.name !== name));
  let layouts = gone.reduce((left, name) => remove(left, name), previous);
  let first: TlsListener | undefined;
  for (const binding of sorted) {
    const { name, tlsLayout: forced } = binding;
    const wanted = forced ?? bySize(get(previous, name)?.wanted, serverNames(name));
    const other = first === undefined || agree(first.name, name) ? undefined : first;
    const layout = other === undefined ? wanted : 'chains';
    const problems =
      other === undefined || forced !== 'on-demand' ? [] : [disagreement(binding, other)];
    const now = { layout, wanted, problems };
    const before = get(previous, name);
    layouts = put(layouts, name, equal(before, now) ? before : now);
    if (layout === 'on-demand') first ??= binding;
  }
  return diff(previous, layouts).length === 0 ? previous : layouts;
};

const bySize = (former: TlsLayout | undefined, serverNames: number): TlsLayout => {
  if (serverNames > enough) return 'on-demand';
  return former === 'on-demand' && serverNames >= tooFew ? 'on-demand' : 'chains';
};

/** Above it, certificates come on demand. */
const enough = 256;

/** Below it, chains are back. */
const tooFew = 128;

const disagreement = ({ ref }: TlsListener, first: TlsListener): Problem => ({
  _tag: 'Conflict',
  object: ref,
  field: `metadata.annotations["${tlsLayoutAnnotation}"]`,
  other: first.ref,
  reason: 'both would fetch certificates on demand, and differ in what they serve for a name',
});
