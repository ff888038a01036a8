import { get, keys, remove } from '../../collection/collection.ts';
import { diff } from '../../collection/diff.ts';
import { equal } from '../../collection/equal.ts';
import { put } from '../../collection/put.ts';
import type { ListenerName } from '../../ir/listener.ts';
import type { ObjectRef } from '../../ir/object-ref.ts';
import type { ServedName } from '../../ir/server-name.ts';
import { tlsLayoutAnnotation } from '../../kube/core/object-meta.ts';
import type { Problem } from '../../problem/problem.ts';
import type { PortClaim } from '../contribution/contribution.ts';
import { byAge } from '../contribution/seniority.ts';
import type { TlsLayout, TlsLayouts } from '../contribution/tls-layout.ts';

/** What Listeners serve over TLS. */
interface TlsDemand {
  readonly ports: Iterable<PortClaim>;
  /** How many server names. */
  readonly serverNames: (listener: ListenerName) => number;
  /** Those of them that only a chain can serve. */
  readonly special: (listener: ListenerName) => Iterable<ServedName>;
  /** Whether two Listeners serve the same certificates for the same server names. */
  readonly agree: (a: ListenerName, b: ListenerName) => boolean;
}

/**
 * The layouts of Listeners, given what they were: a change of layout reaches every TLS Host, so a layout
 * is kept until the number of server names is clearly one for the other.
 *
 * Envoy asks for a certificate by the server name alone, whatever the Listener. So all Listeners
 * that serve on demand must serve the same certificates; one that does not agree with the oldest of
 * them keeps its chains. So does one with a name that only a chain can serve, whatever the others
 * are.
 */
export const tlsLayouts = (
  previous: TlsLayouts,
  { ports, serverNames, special, agree }: TlsDemand,
): TlsLayouts => {
  const sorted = [...ports].sort((a, b) => byAge(a, b) || (nameOf(a) < nameOf(b) ? -1 : 1));
  const gone = [...keys(previous)].filter((name) => sorted.every((one) => nameOf(one) !== name));
  let layouts = gone.reduce((left, name) => remove(left, name), previous);
  let first: PortClaim | undefined;
  for (const claim of sorted) {
    const name = nameOf(claim);
    const { tlsLayout: forced } = claim;
    const wanted = forced ?? bySize(get(previous, name)?.wanted, serverNames(name));
    const [own] = special(name);
    const other = first === undefined || agree(nameOf(first), name) ? undefined : first;
    const obstacle = obstacleOf(claim, own, other);
    const layout = obstacle === undefined ? wanted : 'chains';
    const problems =
      obstacle === undefined || forced !== 'on-demand' ? [] : conflicts(claim, obstacle);
    const now = { layout, wanted, problems };
    const before = get(previous, name);
    layouts = put(layouts, name, equal(before, now) ? before : now);
    if (layout === 'on-demand') first ??= claim;
  }
  return diff(previous, layouts).length === 0 ? previous : layouts;
};

const bySize = (former: TlsLayout | undefined, serverNames: number): TlsLayout => {
  if (serverNames > enough) return 'on-demand';
  return former === 'on-demand' && serverNames >= tooFew ? 'on-demand' : 'chains';
};

/** With more server names than this, certificates come on demand. */
const enough = 256;

/** With fewer server names than this, each has a chain again. */
const tooFew = 128;

const nameOf = ({ listener }: PortClaim): ListenerName => listener.name;

/** Why a listener keeps its chains, and whose doing it is. */
interface Obstacle {
  readonly other: ObjectRef | undefined;
  readonly reason: string;
}

const obstacleOf = (
  { listener }: PortClaim,
  own: ServedName | undefined,
  other: PortClaim | undefined,
): Obstacle | undefined => {
  if (listener.quic !== undefined) return overQuic;
  return own === undefined ? other && differs(other) : needsChain(own);
};

/** Envoy 1.40 refuses such a listener. */
const overQuic: Obstacle = {
  other: undefined,
  reason: 'certificates cannot be fetched on demand over QUIC',
};

const differs = ({ listener }: PortClaim): Obstacle => ({
  other: listener.from[0],
  reason: 'both would fetch certificates on demand, and differ in what they serve for a name',
});

const needsChain = ({ names, from }: ServedName): Obstacle => ({
  other: from[0],
  reason: `certificates cannot be fetched on demand: ${names} is not served by a certificate alone`,
});

const conflicts = ({ listener }: PortClaim, obstacle: Obstacle): readonly Problem[] =>
  listener.from.map((object) => ({
    _tag: 'Conflict',
    object,
    field: `metadata.annotations["${tlsLayoutAnnotation}"]`,
    other: obstacle.other ?? object,
    reason: obstacle.reason,
  }));
