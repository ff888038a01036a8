import { isIpV4, isIpV6 } from '../../ir/address/ip-address.ts';
import { objectRef, type ObjectKey } from '../../ir/object-ref.ts';
import type { EndpointSlice } from '../../kube/core/endpoint-slice.ts';
import type { Problem } from '../../problem/problem.ts';
import { refusedUse, showRefused, type AddressOptions } from '../contribution/refused-addresses.ts';

/**
 * Looks for addresses that are not of the family their slice says, or to which requests may not go;
 * absent where there are none.
 */
export const sliceFaults =
  (options: AddressOptions) =>
  ({ addressType, endpoints }: EndpointSlice, key: ObjectKey): readonly Problem[] | undefined => {
    const object = objectRef('EndpointSlice', key);
    if (addressType === 'FQDN')
      return [{ _tag: 'NotYetSupported', object, field: 'addressType' } as const];
    const faults = endpoints.flatMap(({ addresses }, i) =>
      addresses.flatMap((address, j) => {
        const got = foundInstead(options, addressType, address);
        const field = `endpoints[${i}].addresses[${j}]`;
        const expected = `an ${addressType} address of a service`;
        return got === undefined
          ? []
          : [{ _tag: 'InvalidField', object, field, expected, got } as const];
      }),
    );
    return faults.length === 0 ? undefined : faults;
  };

const foundInstead = (
  options: AddressOptions,
  addressType: EndpointSlice['addressType'],
  address: string,
): string | undefined => {
  if (!isOfFamily(addressType, address)) return JSON.stringify(address);
  const use = refusedUse(options, address);
  return use === undefined ? undefined : showRefused(address, use);
};

/** Whether an address is one that Envoy can be given for a slice of this type. */
export const isOfFamily = (addressType: EndpointSlice['addressType'], address: string): boolean => {
  switch (addressType) {
    case 'IPv4':
      return isIpV4(address);
    case 'IPv6':
      return isIpV6(address);
    case 'FQDN':
      return false;
  }
};
