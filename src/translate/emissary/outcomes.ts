import { values, type Collection } from '../../collection/collection.ts';
import type { ObjectKey, ObjectRef } from '../../ir/object-ref.ts';
import type { KindOutcomes } from '../contribution/outcome.ts';
import type { AttachedHost } from './host/attachment.ts';
import type { BoundListener } from './listener/bound-listener.ts';

/** The outcomes of a kind whose objects are in effect if they have an entry, and belong to nobody. */
export const inForce = <Entry>(
  kind: string,
  entries: Collection<ObjectKey, Entry>,
): KindOutcomes<Entry> => ({
  kind,
  entries,
  outcomeOf: () => inEffect,
  parentsOf: () => [],
});

/** A Listener is opened if it has its port and any Host binds to it. */
export const ofListeners = (
  entries: Collection<ObjectKey, BoundListener>,
): KindOutcomes<BoundListener> => ({
  kind: 'Listener',
  entries,
  outcomeOf: ({ problems }) => ({ inEffect: problems.length === 0 }),
  parentsOf: () => [],
});

/** A Host is in effect if a Listener takes it, or TCPMappings use its certificate. */
export const ofHosts = (
  entries: Collection<ObjectKey, AttachedHost>,
): KindOutcomes<AttachedHost> => ({
  kind: 'Host',
  entries,
  outcomeOf: ({ listeners, hasConnections, certificate, standing }) => ({
    inEffect: (listeners.length > 0 || hasConnections === true) && standing !== 'unread',
    ...(certificate.secret !== undefined && { certified: true }),
  }),
  parentsOf: ({ listeners }) => listeners.map(({ ref }) => ref),
});

type Users = Collection<string, readonly ObjectRef[]>;

/** A Mapping is in effect on the Hosts that take it. */
export const ofMappings = (entries: Collection<ObjectKey, Users>): KindOutcomes<Users> => ({
  kind: 'Mapping',
  entries,
  outcomeOf: () => inEffect,
  parentsOf: (hosts) => [...new Set([...values(hosts)].flat())],
});

/** The outcome of what has an entry. */
const inEffect = { inEffect: true };
