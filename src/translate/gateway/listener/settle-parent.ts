import type { Collection } from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { joinEach, type Read } from '../../../collection/operator/join-each.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { SecretName } from '../../../ir/secret.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import { isPort } from '../../../ir/port.ts';
import { listenerName } from '../../contribution/table-names.ts';
import type { Problem } from '../../../problem/problem.ts';
import type { Refusal } from '../class/our-gateways.ts';
import {
  entryField,
  entryName,
  isServed,
  type CompiledEntry,
  type CompiledParent,
  type EntryAddress,
} from './compiled-parent.ts';
import { nameKey, widerKeys, type NameKey, type NameOwner } from './name-owners.ts';
import type { PortStanding } from './port-standings.ts';
import type { FirstListener } from './port-wishes.ts';
import type { SettledListener } from './settled-listener.ts';

/** A Gateway, or a ListenerSet that counts, once it is known what its listeners have. */
export interface SettledParent {
  readonly ref: ObjectRef;
  readonly gateway: ObjectKey;
  readonly backendCertificate?: SecretName;
  readonly entries: readonly SettledEntry[];
  readonly problems: readonly Problem[];
}

/** A listener, and all that its owner is told of it. */
export interface SettledEntry extends CompiledEntry {
  /** Who has what it wants. */
  readonly conflict?: Refusal;
  /** Whether it has no certificate that can be served, so that handshakes are refused. */
  readonly isUncertified?: true;
  /** Why nothing is served. */
  readonly unserved?: Refusal;
  /** Only for HTTPS where the port can be had: without all that is asked for, handshakes are refused. */
  readonly handshakes?: 'Terminate' | 'Refuse';
  /** Whether a hostname over TLS is within, or around, that of another listener on the address. */
  readonly isOverlapping?: true;
}

/** What has been settled between all listeners. */
export interface SettledTables {
  readonly first: FirstListener;
  readonly owners: NameOwner;
  readonly within: Collection<NameKey, true>;
  readonly standings: PortStanding;
}

/** Finds out which of its listeners have what they want. */
export const settledEach = joinEach(
  (parent: CompiledParent, ref: ObjectRef, read: Read<SettledTables>): SettledParent => {
    const problems: Problem[] = [];
    const entries = parent.entries.map((entry, at) => {
      const mixed = rivalOf(entry, parent.entries);
      if (mixed !== undefined) {
        const expected = `one protocol on port ${entry.port}`;
        const got = `${entry.protocol}, and ${mixed.protocol} for the listener ${mixed.section}`;
        const field = entryField(at, 'protocol');
        problems.push({ _tag: 'InvalidField', object: ref, field, expected, got });
        const message = `${field}: expected ${expected}, got ${got}; neither is served`;
        problems.push(...entry.problems);
        return settledEntry(entry, { reason: 'ProtocolConflict', message }, read);
      }
      const lost = conflictOf(ref, entry, read);
      if (lost !== undefined)
        problems.push({
          _tag: 'Conflict',
          object: ref,
          field: entryField(at, lost.field),
          other: lost.other,
          reason: lost.contested,
        });
      problems.push(...entry.problems);
      return settledEntry(entry, lost, read);
    });
    const { gateway, backendCertificate } = parent;
    return definedOnly<SettledParent>({ ref, gateway, backendCertificate, entries, problems });
  },
);

/** The listeners of a parent, for its routes: one for each address. */
export const listenersOf = ({
  ref,
  gateway,
  backendCertificate,
  entries,
}: SettledParent): readonly SettledListener[] =>
  entries.flatMap((entry) => {
    const { section, port, protocol, hostname, namespaces, kinds, addresses, unserved } = entry;
    if (!isServed(protocol)) return [];
    return namesOf(port, addresses).map((listener) => ({
      parent: ref,
      gateway,
      section,
      port,
      protocol,
      hostname,
      namespaces,
      kinds,
      listener,
      ...(unserved !== undefined && { unserved: unserved.message }),
      ...(entry.handshakes === 'Refuse' && { isUncertified: true as const }),
      ...(entry.clients !== undefined && { asksClients: true as const }),
      ...(backendCertificate !== undefined && { backendCertificate }),
    }));
  });

/** Where nothing listens, the name that it would have on all addresses. */
const namesOf = (port: number, addresses: readonly EntryAddress[]): readonly ListenerName[] => {
  if (addresses.length > 0) return addresses.map(({ name }) => name);
  return isPort(port) ? [listenerName(port)] : [];
};

const settledEntry = (
  entry: CompiledEntry,
  conflict: Refusal | undefined,
  read: Read<SettledTables>,
): SettledEntry => {
  const { protocol, refusal, unresolved, unplaced, addresses, certificates } = entry;
  const isUncertified = protocol === 'HTTPS' && certificates.length === 0;
  const invalid = refusal ?? (isUncertified ? unresolved : undefined);
  const shut = shutOf(addresses, read);
  const unserved = conflict ?? (invalid && { ...invalid, reason: 'Invalid' }) ?? unplaced ?? shut;
  const isOpen = addresses.length > 0 && conflict === undefined && shut === undefined;
  return definedOnly<SettledEntry>({
    ...entry,
    conflict,
    isUncertified: isUncertified || undefined,
    unserved,
    isOverlapping: (conflict === undefined && isOverlapping(entry, read)) || undefined,
    handshakes:
      protocol === 'HTTPS' && isOpen
        ? unserved === undefined
          ? 'Terminate'
          : 'Refuse'
        : undefined,
  });
};

const isOverlapping = (
  { protocol, addresses, hostname }: CompiledEntry,
  read: Read<SettledTables>,
): boolean =>
  protocol === 'HTTPS' &&
  addresses.some(({ name }) => {
    const key = nameKey(name, protocol, hostname);
    return (
      read('within', key) !== undefined ||
      widerKeys(key).some((wider) => read('owners', wider) !== undefined)
    );
  });

interface Lost extends Refusal {
  /** What both want, for a problem that says who has it. */
  readonly contested: string;
  readonly other: ObjectRef;
  readonly field: string;
}

/**
 * A listener of the same object that wants another protocol on its port: nobody picks the one that was meant, so
 * neither is served (the description of `Gateway.spec.listeners`).
 */
const rivalOf = (
  { addresses, port, protocol }: CompiledEntry,
  entries: readonly CompiledEntry[],
): CompiledEntry | undefined =>
  isServed(protocol) && addresses.length > 0
    ? entries.find(
        (one) => one.port === port && one.protocol !== protocol && isServed(one.protocol),
      )
    : undefined;

const conflictOf = (
  ref: ObjectRef,
  { addresses, port, section, protocol, hostname }: CompiledEntry,
  read: Read<SettledTables>,
): Lost | undefined => {
  for (const { name } of addresses) {
    const first = protocol === 'UDP' ? undefined : read('first', name);
    if (first !== undefined && first.protocol !== protocol)
      return {
        reason: 'ProtocolConflict',
        contested: `port ${port} speaks one protocol, and another listener says ${first.protocol}`,
        message: `port ${port} speaks ${first.protocol}, because ${entryName(first.parent, first.section)} has it`,
        other: first.parent,
        field: 'protocol',
      };
    const owner = read('owners', nameKey(name, protocol, hostname));
    if (owner !== undefined && (owner.parent !== ref || owner.section !== section))
      return {
        reason: 'HostnameConflict',
        contested: `${hostname} on port ${port} is claimed by two listeners`,
        message: `the hostname ${hostname} on port ${port} is served by ${entryName(owner.parent, owner.section)}`,
        other: owner.parent,
        field: 'hostname',
      };
  }
  return undefined;
};

const shutOf = (
  addresses: CompiledEntry['addresses'],
  read: Read<SettledTables>,
): Refusal | undefined => {
  for (const { name, address, port } of addresses) {
    const standing = read('standings', name);
    if (standing?.isOpen === true) continue;
    const owner = standing?.other === undefined ? 'somebody else' : standing.other;
    return {
      reason: 'PortUnavailable',
      message: `port ${port} on ${address} cannot be had: ${owner} has it`,
    };
  }
  return undefined;
};
