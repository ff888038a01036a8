import { empty, values, type Collection } from '../../collection/collection.ts';
import type { Read } from '../../collection/operator/join-each.ts';
import type { Endpoint, Endpoints, ServicePortName } from '../../ir/endpoints.ts';
import { objectKey, objectRef, type ObjectKey } from '../../ir/object-ref.ts';
import { serviceNameLabel, type EndpointSlice } from '../../kube/core/endpoint-slice.ts';
import type { Service, ServicePort } from '../../kube/core/service.ts';
import { refusedUse, type AddressOptions } from '../contribution/refused-addresses.ts';
import { isOfFamily } from './slice-faults.ts';

/** What endpoints are made from: Services, and slices by the Service they belong to. */
export interface EndpointsTables {
  readonly services: Service;
  readonly slices: Collection<ObjectKey, EndpointSlice>;
}

/** The Service that a slice belongs to. */
export const sliceService = ({ metadata }: EndpointSlice): readonly ObjectKey[] => {
  const name = metadata.labels[serviceNameLabel];
  return name === undefined ? [] : [objectKey(metadata.namespace, name)];
};

/**
 * The addresses behind one port of a Service, over all its slices, but for those to which requests may
 * not go.
 *
 * Ready endpoints serve; where none is ready, those that are terminating and still serve do
 * (KEP-1669). For a dual-stack Service only one IP family is used, so that no Pod counts twice: the
 * first family of the Service that has an endpoint.
 */
export const serviceEndpoints =
  (options: AddressOptions) =>
  (name: ServicePortName, read: Read<EndpointsTables>): Endpoints => {
    const colon = name.lastIndexOf(':');
    const key = name.slice(0, colon) as ObjectKey;
    const service = read('services', key);
    const slices = [...values(read('slices', key) ?? empty<ObjectKey, EndpointSlice>())];
    const number = Number(name.slice(colon + 1));
    const port = service?.spec.ports.find((one) => one.port === number && one.protocol === 'TCP');
    const endpoints =
      service === undefined || port === undefined
        ? []
        : (families(service)
            .map((family) =>
              addresses(
                options,
                slices.filter(({ addressType }) => addressType === family),
                port,
              ),
            )
            .find((found) => found.length > 0) ?? []);
    return {
      name,
      endpoints,
      from: [objectRef('Service', key)].concat(
        slices
          .map(({ metadata }) =>
            objectRef('EndpointSlice', objectKey(metadata.namespace, metadata.name)),
          )
          .sort(),
      ),
    };
  };

const families = ({ spec }: Service): readonly string[] => [
  ...new Set([...(spec.ipFamilies ?? []), 'IPv4', 'IPv6']),
];

const addresses = (
  options: AddressOptions,
  slices: readonly EndpointSlice[],
  port: ServicePort,
): readonly Endpoint[] => {
  const all = slices.flatMap(({ addressType, ports, endpoints }) =>
    ports
      .filter((one) => (one.name ?? '') === (port.name ?? '') && one.protocol === port.protocol)
      .flatMap((one) =>
        endpoints.flatMap(({ addresses: [address], conditions }) =>
          address === undefined ||
          one.port === undefined ||
          !isOfFamily(addressType, address) ||
          refusedUse(options, address) !== undefined
            ? []
            : [{ endpoint: { address, port: one.port }, conditions }],
        ),
      ),
  );
  const ready = all.filter(({ conditions }) => conditions?.ready !== false);
  const draining = all.filter(
    ({ conditions }) => conditions?.serving === true && conditions.terminating === true,
  );
  const unique = new Map(
    (ready.length > 0 ? ready : draining).map(({ endpoint }) => [
      `${endpoint.address} ${endpoint.port}`,
      endpoint,
    ]),
  );
  return [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, endpoint]) => endpoint);
};
