import { isIpV4, isIpV6 } from '../../ir/ip-address.ts';
import { objectRef, type ObjectKey } from '../../ir/object-ref.ts';
import type { EndpointSlice } from '../../kube/core/endpoint-slice.ts';
import type { Problem } from '../../problem/problem.ts';

/** Looks for addresses that are not of the family their slice says; absent where there are none. */
export const sliceFaults = (
  { addressType, endpoints }: EndpointSlice,
  key: ObjectKey,
): readonly Problem[] | undefined => {
  const object = objectRef('EndpointSlice', key);
  if (addressType === 'FQDN')
    return [{ _tag: 'NotYetSupported', object, field: 'addressType' } as const];
  const faults = endpoints.flatMap(({ addresses }, i) =>
    addresses.flatMap((address, j) =>
      isOfFamily(addressType, address)
        ? []
        : [
            {
              _tag: 'InvalidField',
              object,
              field: `endpoints[${i}].addresses[${j}]`,
              expected: `an ${addressType} address`,
              got: JSON.stringify(address),
            } as const,
          ],
    ),
  );
  return faults.length === 0 ? undefined : faults;
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
