import type { Discovery } from '../../ir/cluster.ts';
import { specialUse, type SpecialUse } from '../../ir/address/special-address.ts';

/** Which special uses of addresses an operator allows. */
export interface AddressOptions {
  /** Absent: loopback, as in a folder, whose author may use this machine anyway. */
  readonly allowAddresses?: readonly SpecialUse[];
}

/** The special uses that can be allowed; to many machines at once there is no connection. */
export const allowableUses = ['loopback', 'link-local'] as const satisfies readonly SpecialUse[];

/** The special use of a host for which requests may not go there; absent where they may. */
export const refusedUse = (
  { allowAddresses = ['loopback'] }: AddressOptions,
  host: string,
): SpecialUse | undefined => {
  const use = specialUse(host);
  return use === undefined || allowAddresses.includes(use) ? undefined : use;
};

/** Whether a cluster has an address to which requests may not go. Each slice is looked at by itself. */
export const hasRefusedAddress = (options: AddressOptions, discovery: Discovery): boolean => {
  switch (discovery._tag) {
    case 'Static':
      return refusedUse(options, discovery.address) !== undefined;
    case 'Dns':
      return [discovery, ...(discovery.others ?? [])].some(
        ({ host }) => refusedUse(options, host) !== undefined,
      );
    case 'Eds':
      return false;
  }
};

/** What is found in place of an address of a service, for a problem. */
export const showRefused = (written: string, use: SpecialUse): string => {
  const remedy = use === 'multicast' ? '' : `; --allow-addresses ${use} would allow it`;
  return `${JSON.stringify(written)} (${meanings[use]}${remedy})`;
};

const meanings: Readonly<Record<SpecialUse, string>> = {
  loopback: 'the machine that Envoy is on',
  'link-local': 'a link-local address, or the metadata service of a cloud',
  multicast: 'a multicast or broadcast address',
};
