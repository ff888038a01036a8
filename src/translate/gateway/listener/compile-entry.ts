import { definedOnly } from '../../../collection/defined-only.ts';
import type { ObjectRef } from '../../../ir/object-ref.ts';
import { isPort } from '../../../ir/port.ts';
import type { ListenerEntry } from '../../../kube/gateway/listener-entry.ts';
import type { Problem } from '../../../problem/problem.ts';
import { listenerName } from '../../contribution/table-names.ts';
import type { Place } from '../address/place.ts';
import type { Refusal } from '../class/our-gateways.ts';
import { allowedNamespaces } from './allowed-namespaces.ts';
import { entryField, isServed, type CompiledEntry, type EntryAddress } from './compiled-parent.ts';
import { routeKinds } from './route-kinds.ts';

/** Compiles the listener at a place in its list. */
export const compileEntry = (
  object: ObjectRef,
  entry: ListenerEntry,
  at: number,
  place: Place | undefined,
): CompiledEntry => {
  const { name, port, protocol, hostname = '*', allowedRoutes } = entry;
  const { from = 'Same', selector } = allowedRoutes?.namespaces ?? {};
  const { kinds, invalid } = routeKinds(entry);
  const problems: Problem[] = [];
  const fault = (reason: string, field: string, expected: string, got: string): Refusal => {
    problems.push({ _tag: 'InvalidField', object, field: entryField(at, field), expected, got });
    return { reason, message: `${entryField(at, field)}: expected ${expected}, got ${got}` };
  };
  const refusal = isServed(protocol)
    ? undefined
    : fault('UnsupportedProtocol', 'protocol', 'HTTP or HTTPS', JSON.stringify(protocol));
  const unresolved =
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
    addresses: refusal === undefined ? addressesOf(port, place) : [],
    refusal,
    unresolved,
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
