import type { Read } from '../../../collection/operator/join-each.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import { isPort } from '../../../ir/port.ts';
import type { ListenerEntry } from '../../../kube/gateway/listener-entry.ts';
import type { Problem } from '../../../problem/problem.ts';
import { listenerName } from '../../contribution/table-names.ts';
import type { Place } from '../address/place.ts';
import type { CertificateTables } from '../certificate/certificate-reference.ts';
import type { GatewaySecurity } from '../certificate/gateway-security.ts';
import type { Referrer } from '../grant/grants.ts';
import { entryTls } from './entry-tls.ts';
import type { Refusal } from '../class/our-gateways.ts';
import { allowedNamespaces } from './allowed-namespaces.ts';
import { entryField, isServed, type CompiledEntry, type EntryAddress } from './compiled-parent.ts';
import { routeKinds } from './route-kinds.ts';

/** What a listener is compiled with. */
export interface EntryTables extends CertificateTables {
  readonly places: Place;
  readonly securities: GatewaySecurity;
}

/** The object that lists a listener. */
interface EntryOwner {
  readonly ref: ObjectRef;
  readonly from: Referrer;
  /** The Gateway that it is, or whose ListenerSet it is. */
  readonly gateway: ObjectKey;
}

/** Compiles the listener at a place in its list. */
export const compileEntry = (
  { ref: object, from: referrer, gateway }: EntryOwner,
  entry: ListenerEntry,
  at: number,
  read: Read<EntryTables>,
): CompiledEntry => {
  const place = read('places', gateway);
  const { name, port, protocol, hostname = '*', allowedRoutes } = entry;
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  const { kinds, invalid } = routeKinds(entry);
  const problems: Problem[] = [];
  const fault = (reason: string, field: string, expected: string, got: string): Refusal => {
    problems.push({ _tag: 'InvalidField', object, field: entryField(at, field), expected, got });
    return { reason, message: `${entryField(at, field)}: expected ${expected}, got ${got}` };
  };
  const tls = entryTls(object, referrer, entry, at, read('securities', gateway), read);
  problems.push(...tls.problems);
  const refusal = isServed(protocol)
    ? tls.refusal
    : fault('UnsupportedProtocol', 'protocol', 'HTTP or HTTPS', JSON.stringify(protocol));
  const badKinds =
    invalid < 0
      ? undefined
      : fault(
          'InvalidRouteKinds',
          `allowedRoutes.kinds[${invalid}]`,
          'a kind of routes that its protocol can carry and that is supported',
          JSON.stringify(allowedRoutes?.kinds?.[invalid]?.kind),
        );
  return definedOnly<CompiledEntry>({
    section: name,
    port,
    protocol,
    hostname,
    namespaces: allowedNamespaces(from, selector),
    kinds,
    certificates: tls.certificates,
    clients: tls.clients,
    addresses: addressesOf(port, place),
    refusal,
    unresolved: tls.unresolved ?? badKinds,
    unplaced: unplaced(place),
    problems,
  });
};

const unplaced = (place: Place | undefined): Refusal | undefined => {
  if (place === undefined) return { reason: 'Invalid', message: 'its Gateway is not accepted' };
  if (place.binds.length > 0) return undefined;
  return { reason: 'Pending', message: place.fault?.message ?? 'its Gateway has no address' };
};

const addressesOf = (port: number, place: Place | undefined): readonly EntryAddress[] =>
  !isPort(port)
    ? []
    : (place?.binds ?? []).map((address) => ({
        name: listenerName(port, 'tcp', address),
        address,
        port,
      }));
