import { empty, values, type Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import type { OwnStep } from '../../collection/operator/own-step.ts';
import type { Work } from '../../collection/work.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Listener, ListenerName } from '../../ir/listener.ts';
import { namespaceOf, refParts, type ObjectRef } from '../../ir/object-ref.ts';
import type { VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import { complaintKey } from '../../problem/complaint-key.ts';
import type { Cause, Problem } from '../../problem/problem.ts';

/** Which objects are not served, or not everywhere, because listeners that they are on are not open. */
export interface Unserved {
  readonly closed: Joined<ListenerName, Listener, ComplaintTables, Closed>;
  /** The virtual hosts, as long as any listener is closed. */
  readonly watched: OwnStep<WatchedInputs, Ir['virtualHosts']>;
  /** The virtual hosts in which an object is, by `Place`; two steps, so that most changes end at the first. */
  readonly places: Grouped<VirtualHostKey, VirtualHost, Place, true>;
  readonly listeners: Grouped<Place, Collection<VirtualHostKey, true>, ObjectRef, ListenerName>;
  readonly problems: Joined<ObjectRef, Collection<Place, ListenerName>, ClosedTables, Problems>;
}

type Problems = readonly Problem[];

/** A listener that Envoy cannot open, with the objects that ask for it. */
interface Closed {
  readonly reason: string;
  readonly from: readonly ObjectRef[];
}

/** An object on a listener; no name of a listener holds a space. */
type Place = `${ListenerName} ${ObjectRef}`;

interface ComplaintTables {
  readonly complaints: Problems;
}

type Kind = keyof SyncedStore['objects'];

type ClosedTables = { readonly closed: Closed } & Readonly<Record<Kind, unknown>>;

type WatchedInputs = Readonly<{
  closed: Collection<ListenerName, Closed>;
  virtualHosts: Ir['virtualHosts'];
}>;

/**
 * Finds the objects of which everything is on listeners that Envoy cannot open, and the Hosts of which something
 * is. As long as Envoy can open all of them, nothing is looked at but the listeners.
 *
 * What Envoy says changes nothing of the IR, which is only read here.
 */
export function* unservedObjects(
  previous: Unserved | undefined,
  { listeners: open, virtualHosts }: Ir,
  { problems: complaints, objects }: SyncedStore,
): Work<Unserved> {
  const closed = yield* closedEach(previous?.closed, open, { complaints });
  const inputs = { closed: closed.output, virtualHosts };
  const output = closed.output.size === 0 ? nothing : virtualHosts;
  const places = yield* placesOf(previous?.places, output);
  const listeners = yield* listenersOf(previous?.listeners, places.output);
  const problems = yield* problemsEach(previous?.problems, listeners.output, {
    ...objects,
    closed: closed.output,
  });
  return { closed, watched: { operator: 'own', inputs, output }, places, listeners, problems };
}

const nothing: Ir['virtualHosts'] = empty();

/** All objects behind a listener have the same complaint. */
const closedEach = joinEach(
  ({ from }: Listener, name: ListenerName, read: Read<ComplaintTables>): Closed | undefined => {
    const [first] = from;
    const found = first === undefined ? [] : (read('complaints', complaintKey(first)) ?? []);
    const reason = found.flatMap((problem) =>
      problem._tag === 'PortUnavailable' && problem.by === undefined && problem.listener === name
        ? [`Envoy cannot listen on ${problem.address}: ${problem.reason}`]
        : [],
    );
    return reason[0] === undefined ? undefined : { reason: reason[0], from };
  },
);

const placesOf = groupBy((host: VirtualHost, _: VirtualHostKey) => {
  const listener = host.table.slice(0, host.table.indexOf('/'));
  const objects = new Set([...host.from, ...host.routes.flatMap(({ from }) => from)]);
  return Array.from(
    objects,
    (object) => [`${listener} ${object}`, true] as const satisfies [Place, true],
  );
});

const listenersOf = groupBy((_: Collection<VirtualHostKey, true>, place: Place) => {
  const [listener = '', object] = splitOnce(place);
  return [[object, listener] as const];
});

const splitOnce = (place: Place): readonly [ListenerName, ObjectRef] => {
  const space = place.indexOf(' ');
  return [place.slice(0, space), place.slice(space + 1) as ObjectRef];
};

const problemsEach = joinEach(
  (
    listeners: Collection<Place, ListenerName>,
    object: ObjectRef,
    read: Read<ClosedTables>,
  ): Problems | undefined => {
    const found = Array.from(values(listeners), (name) => read('closed', name));
    const closed = found.filter((one) => one !== undefined);
    const [kind, key] = refParts(object);
    const isServed = closed.length < found.length;
    // Of what is served elsewhere, it is enough that Hosts say so: they are what clients ask for.
    if (isServed && (kind !== 'Host' || closed.length === 0)) return undefined;
    // The default Host is no object that anybody wrote.
    if (read(kind as Kind, key) === undefined) return undefined;
    if (closed.some(({ from }) => from.includes(object))) return undefined;
    const at = { object, field: '', causes: closed.map(causeFor(object)) };
    return [
      isServed
        ? { ...at, _tag: 'LeftOut', reason: 'not served on all its Listeners' }
        : { ...at, _tag: 'NotServed' },
    ];
  },
);

/** Of objects that share a listener, the one of its own namespace: it need not know the others. */
const causeFor =
  (object: ObjectRef) =>
  ({ from, reason }: Closed): Cause => {
    const [first = object] = from;
    const own = from.find((one) => placeOf(one) === placeOf(object));
    return { object: own ?? first, reason: `is not open: ${reason}` };
  };

const placeOf = (ref: ObjectRef): string => namespaceOf(refParts(ref)[1]);
