import { canonicalAddress, groupsOfV6, isIpV4, isIpV6 } from '../../../ir/ip-address.ts';

/** The addresses from the first to the last one, of one family. */
export interface AddressRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** The addresses that Gateways can be given, in the order in which they are given away. */
export type AddressPool = readonly AddressRange[];

/**
 * Reads an entry of a pool: an address, a block (`192.0.2.0/24`), or a range (`192.0.2.10-192.0.2.20`);
 * absent if it is none of these.
 *
 * Of a block the addresses that stand for the block itself are left out: of IPv4 the first and the last
 * one, of IPv6 the first one (RFC 4291 §2.6.1), unless it has no more than two.
 */
export const addressRange = (written: string): AddressRange | undefined => {
  if (written.includes('/')) return blockOf(written);
  const [first = '', last = first, ...more] = written.split('-');
  const [from, to] = [positionOf(first), positionOf(last)];
  if (from === undefined || to === undefined || more.length > 0) return undefined;
  return from.family === to.family && from.position <= to.position
    ? { family: from.family, first: from.position, last: to.position }
    : undefined;
};

/** Whether a pool has an address. */
export const isInPool = (pool: AddressPool, address: string): boolean => {
  const at = positionOf(address);
  return (
    at !== undefined &&
    pool.some(
      ({ family, first, last }) =>
        family === at.family && first <= at.position && at.position <= last,
    )
  );
};

/** The addresses of a pool one after the other, each in its canonical form; a pool can have very many. */
export function* addressesIn(pool: AddressPool): Generator<string> {
  for (const { family, first, last } of pool)
    for (let at = first; at <= last; at += 1n) yield addressAt(family, at);
}

interface Position {
  readonly family: 4 | 6;
  readonly position: bigint;
}

const positionOf = (address: string): Position | undefined => {
  if (isIpV4(address)) return { family: 4, position: numberOf(address.split('.').map(Number), 8n) };
  return isIpV6(address) ? { family: 6, position: numberOf(groupsOfV6(address), 16n) } : undefined;
};

const numberOf = (parts: readonly number[], bits: bigint): bigint =>
  parts.reduce((sum, part) => (sum << bits) | BigInt(part), 0n);

const addressAt = (family: 4 | 6, position: bigint): string =>
  family === 4
    ? [24n, 16n, 8n, 0n].map((shift) => (position >> shift) & 255n).join('.')
    : canonicalAddress(
        Array.from({ length: 8 }, (_, i) =>
          ((position >> BigInt(112 - 16 * i)) & 0xffffn).toString(16),
        ).join(':'),
      );

const blockOf = (written: string): AddressRange | undefined => {
  const slash = written.indexOf('/');
  const at = positionOf(written.slice(0, slash));
  const prefix = written.slice(slash + 1);
  if (at === undefined || !/^\d{1,3}$/.test(prefix)) return undefined;
  const { family } = at;
  const free = (family === 4 ? 32 : 128) - Number(prefix);
  if (free < 0) return undefined;
  const size = 1n << BigInt(free);
  const first = at.position - (at.position % size);
  const last = first + size - 1n;
  if (free < 2) return { family, first, last };
  return { family, first: first + 1n, last: family === 4 ? last - 1n : last };
};
