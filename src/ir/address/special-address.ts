import { groupsOfV6, isIpV4, isIpV6 } from './ip-address.ts';

/**
 * What an address is for that is no service's (RFC 6890):
 *
 * - `loopback`: the machine that Envoy is on, by `0.0.0.0` too;
 * - `link-local`: what is on the same link, and the metadata services of clouds, wherever they are;
 * - `multicast`: many machines at once.
 */
export type SpecialUse = 'loopback' | 'link-local' | 'multicast';

/** The special use of an IP address or of a name that always stands for one, with its last dot or without. */
export const specialUse = (host: string): SpecialUse | undefined => {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isIpV4(name)) return useOfV4(name);
  if (isIpV6(name)) return useOfV6(name);
  if (name.endsWith('.localhost')) return 'loopback';
  return names.get(name);
};

/** What `/etc/hosts` of a container says, and what a cloud answers in its DNS. */
const names: ReadonlyMap<string, SpecialUse> = new Map([
  ...['localhost', 'ip6-localhost', 'ip6-loopback', 'localhost.localdomain']
    .concat('localhost4', 'localhost4.localdomain4', 'localhost6', 'localhost6.localdomain6')
    .map((name) => [name, 'loopback'] as const),
  ['metadata.google.internal', 'link-local'],
]);

const useOfV4 = (address: string): SpecialUse | undefined => {
  const [first = 0, second] = address.split('.', 2).map(Number);
  if (first === 127 || first === 0) return 'loopback';
  if ((first === 169 && second === 254) || metadata.has(address)) return 'link-local';
  return (first >= 224 && first < 240) || address === '255.255.255.255' ? 'multicast' : undefined;
};

const useOfV6 = (address: string): SpecialUse | undefined => {
  const groups = groupsOfV6(address);
  const [first = 0, second] = groups;
  const embedded = embeddedV4(groups);
  if (embedded !== undefined) return useOfV4(embedded);
  if (groups.slice(0, 7).every((group) => group === 0)) return 'loopback';
  if ((first & 0xffc0) === 0xfe80 || (first === 0xfd00 && second === 0xec2)) return 'link-local';
  if (metadata.has(groups.map(hexadecimal).join(':'))) return 'link-local';
  return first >= 0xff00 ? 'multicast' : undefined;
};

/**
 * The metadata services whose addresses are not link-local: Azure, Alibaba, Oracle; Google, Scaleway. Those of
 * EC2, and the credentials that it has for Pods, are in `fd00:ec2::/32`.
 */
const metadata: ReadonlySet<string> = new Set([
  ...['168.63.129.16', '100.100.100.200', '192.0.0.192'],
  ...['fd20:ce:0:0:0:0:0:254', 'fd00:42:0:0:0:0:0:42'],
]);

const hexadecimal = (group: number): string => group.toString(16);

/**
 * The IPv4 address in a mapped one (`::ffff:0:0/96`), a translated one (`64:ff9b::/96`) or a compatible
 * one (`::/96`, but for `::` and `::1`).
 */
const embeddedV4 = (groups: readonly number[]): string | undefined => {
  const prefix = groups.slice(0, 6).map(hexadecimal).join(':');
  const [high = 0, low = 0] = groups.slice(6);
  if (!prefixes.has(prefix) || (prefix === '0:0:0:0:0:0' && high === 0)) return undefined;
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};

const prefixes: ReadonlySet<string> = new Set(['0:0:0:0:0:ffff', '64:ff9b:0:0:0:0', '0:0:0:0:0:0']);
