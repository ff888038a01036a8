import type { Read } from '../../collection/operator/join-each.ts';
import { isIpV4, isIpV6 } from '../../ir/address/ip-address.ts';
import {
  consulServiceParts,
  isBuiltIn,
  type ConsulAgent,
  type ConsulServiceName,
  type Endpoint,
  type Endpoints,
} from '../../ir/endpoints.ts';
import { objectRef } from '../../ir/object-ref.ts';
import type { Problem } from '../../problem/problem.ts';
import { refusedUse, showRefused, type AddressOptions } from '../contribution/refused-addresses.ts';

/** What Consul says of each service, and where each resolver asks. */
export interface ConsulTables {
  readonly consul: readonly Endpoint[];
  readonly consulPlaces: { readonly agent?: ConsulAgent };
}

/**
 * The endpoints of a service in Consul as it said last, but for those to which requests may not go, and what
 * is to be asked for them. As long as it has said nothing there are none.
 */
export const consulEndpoints =
  (options: AddressOptions) =>
  (name: ConsulServiceName, read: Read<ConsulTables>): Endpoints => {
    const [resolver, service] = consulServiceParts(name);
    const endpoints = (read('consul', name) ?? []).filter(
      ({ address }) => foundInstead(options, address) === undefined,
    );
    const agent = isBuiltIn(resolver) ? builtIn(options) : read('consulPlaces', resolver)?.agent;
    const from = [objectRef('ConsulResolver', resolver)];
    return {
      ...{ name, endpoints, from },
      ...(agent !== undefined && { asked: { ...agent, service } }),
    };
  };

/** As in Emissary, without an object. */
const builtIn = (options: AddressOptions): ConsulAgent | undefined =>
  refusedUse(options, '127.0.0.1') === undefined ? usual : undefined;

const usual: ConsulAgent = { address: '127.0.0.1:8500', datacenter: 'dc1', isTrusted: true };

/** Looks for addresses in an answer to which requests may not go; absent where there are none. */
export const consulFaults =
  (options: AddressOptions) =>
  (endpoints: readonly Endpoint[], name: ConsulServiceName): readonly Problem[] | undefined => {
    const [resolver, service] = consulServiceParts(name);
    const faults = endpoints.flatMap(({ address, port }): readonly Problem[] => {
      const got = foundInstead(options, address);
      if (got === undefined) return [];
      const object = objectRef('ConsulResolver', resolver);
      const expected = `IP addresses of the instances of ${service}; this one is left out`;
      return [{ _tag: 'InvalidField', object, field: '', expected, got: `${got}, port ${port}` }];
    });
    return faults.length === 0 ? undefined : faults.slice(0, mostFaults);
  };

/** So many are shown of one service. */
const mostFaults = 10;

const foundInstead = (options: AddressOptions, address: string): string | undefined => {
  if (!isIpV4(address) && !isIpV6(address)) return JSON.stringify(address);
  const use = refusedUse(options, address);
  return use === undefined ? undefined : showRefused(address, use);
};
