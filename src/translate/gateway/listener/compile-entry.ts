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
import type { Referrer } from '../../grants.ts';
import { entryTls } from './entry-tls.ts';
import type { Refusal } from '../class/our-gateways.ts';
import { allowedNamespaces, selectorNotes } from './allowed-namespaces.ts';
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
  const { name, port, protocol, hostname = '*', allowedRoutes } = entry;
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  const { kinds, invalid } = routeKinds(entry);
  const problems: Problem[] = [];
  const fault = (reason: string, field: string, expected: string, got: string): Refusal => {
    problems.push({ _tag: 'InvalidField', object, field: entryField(at, field), expected, got });
    return { reason, message: `${entryField(at, field)}: expected ${expected}, got ${got}` };
  };
  const where = placed(object, at, port, read('places', gateway));
  const tls = entryTls(object, referrer, entry, at, read('securities', gateway), read);
  problems.push(
    ...tls.problems,
    ...(isServed(protocol) ? where.problems : []),
    ...selectorNotes(object, entryField(at, 'allowedRoutes.namespaces'), from, selector),
  );
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
    addresses: where.addresses,
    refusal,
    unresolved: tls.unresolved ?? badKinds,
    unplaced: where.unplaced,
    problems,
  });
};

interface Placed {
  readonly addresses: readonly EntryAddress[];
  readonly unplaced?: Refusal;
  readonly problems: readonly Problem[];
}

/** Finds what Envoy listens on for a port of a Gateway. */
const placed = (object: ObjectRef, at: number, port: number, place: Place | undefined): Placed => {
  const without = (reason: string, message: string, ...problems: readonly Problem[]): Placed => ({
    addresses: [],
    unplaced: { reason, message },
    problems,
  });
  if (place === undefined) return without('Invalid', 'its Gateway is not accepted');
  const { binds, shared, fault } = place;
  if (binds.length === 0) return without('Pending', fault?.message ?? 'its Gateway has no address');
  const field = entryField(at, 'port');
  const target = shared === undefined ? port : shared.targets[port];
  if (shared !== undefined && target === undefined)
    return without(
      'PortUnavailable',
      `${shared.service} has no TCP port ${port}; the value service.ports of the chart names its ports`,
      {
        ...{ _tag: 'PortNotFound', object, field, target: shared.service, port: String(port) },
        ports: Object.keys(shared.targets),
      },
    );
  if (typeof target !== 'number' || !isPort(target)) {
    const name = JSON.stringify(target);
    const reason = `port ${port} of ${shared?.service ?? 'the Service'} has the targetPort ${name}; a number is needed`;
    return without('PortUnavailable', reason, { _tag: 'NotAttached', object, field, reason });
  }
  return {
    addresses: binds.map((address) => ({
      name: listenerName(target, 'tcp', address),
      address,
      port: target,
    })),
    problems: [],
  };
};
