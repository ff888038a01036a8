import { definedOnly } from '../../../collection/defined-only.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import { canonicalAddress } from '../../../ir/address/ip-address.ts';
import { allAddresses } from '../../../ir/listener.ts';
import { objectRef, type ObjectKey, type ObjectRef } from '../../../ir/object-ref.ts';
import type { Service } from '../../../kube/core/service.ts';
import type { Gateway } from '../../../kube/gateway/gateway.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { ReportedAddress } from '../../contribution/report.ts';
import type { OurGateway, OurGateways } from '../class/our-gateways.ts';
import { faultProblems, type AddressFault, type Place, type SharedPorts } from './place.ts';

/** From Gateways to the addresses of the Service that all of them share. */
export interface ServicePlaces {
  readonly places: Joined<ObjectKey, OurGateway, ServiceTables, Place>;
}

interface ServiceTables {
  readonly services: Service;
}

/** The first address of a type that a Service does not have; -1 if there is none. */
export const unsupportedInService = ({ spec }: Gateway): number =>
  (spec.addresses ?? []).findIndex(({ type }) => type !== 'IPAddress' && type !== 'Hostname');

/** Gives all Gateways the addresses of one Service, and the ports that it has. */
export const servicePlaces = (key: ObjectKey) => {
  const ref = objectRef('Service', key);
  const placeEach = joinEach((ours: OurGateway, _: ObjectKey, read: Read<ServiceTables>) =>
    ours.refusal === undefined ? placeOf(ours, ref, read('services', key)) : undefined,
  );
  return function* (
    previous: ServicePlaces | undefined,
    gateways: OurGateways,
    { objects }: SyncedStore,
  ): Work<ServicePlaces> {
    const tables = { services: objects.Service };
    return { places: yield* placeEach(previous?.places, gateways, tables) };
  };
};

const placeOf = ({ ref, gateway }: OurGateway, name: ObjectRef, service?: Service): Place => {
  if (service === undefined) {
    const message = `${name}, whose addresses Gateways share, does not exist`;
    const fault: AddressFault = { reason: 'AddressNotAssigned', message };
    return { addresses: [], binds: [], fault, problems: faultProblems(ref, fault) };
  }
  const all = addressesOf(service);
  const asked = (gateway.spec.addresses ?? []).flatMap(({ value = '' }) =>
    value === '' ? [] : [canonicalAddress(value)],
  );
  const others = asked.filter((value) => all.every((one) => one.value !== value));
  const fault = faultOf(name, all, others);
  return definedOnly<Place>({
    addresses: asked.length === 0 ? all : all.filter(({ value }) => asked.includes(value)),
    binds: [allAddresses],
    shared: { service: name, targets: targetsOf(service) },
    fault,
    problems: faultProblems(ref, fault),
  });
};

/** Those that its load balancer has, else the one inside of the cluster. */
const addressesOf = ({ spec, status }: Service): readonly ReportedAddress[] => {
  const outside = (status?.loadBalancer?.ingress ?? []).flatMap(
    ({ ip, hostname }): readonly ReportedAddress[] => {
      if (ip !== undefined) return [{ type: 'IPAddress', value: canonicalAddress(ip) }];
      return hostname === undefined ? [] : [{ type: 'Hostname', value: hostname }];
    },
  );
  if (outside.length > 0) return outside;
  const { clusterIP = 'None' } = spec;
  return clusterIP === 'None' || clusterIP === ''
    ? []
    : [{ type: 'IPAddress', value: canonicalAddress(clusterIP) }];
};

const targetsOf = ({ spec }: Service): SharedPorts['targets'] =>
  Object.fromEntries(
    spec.ports
      .filter(({ protocol }) => protocol === 'TCP')
      .map(({ port, targetPort = port }) => [port, targetPort] as const),
  );

const faultOf = (
  name: ObjectRef,
  all: readonly ReportedAddress[],
  others: readonly string[],
): AddressFault | undefined => {
  if (others.length > 0)
    return {
      reason: 'AddressNotUsable',
      message: others
        .map((value) => `${JSON.stringify(value)} cannot be used: ${name} does not have it`)
        .join('; '),
    };
  return all.length > 0
    ? undefined
    : { reason: 'AddressNotAssigned', message: `${name} has no address yet` };
};
