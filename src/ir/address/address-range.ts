import * as E from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';

import { canonicalAddress, groupsOfV6, isIpV4, isIpV6 } from './ip-address.ts';

/** IP addresses of one family that follow each other; both ends belong to it. */
interface AddressRange {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** A set of IP addresses in an order: those of IPv4 first, then by number. No two ranges touch. */
export type AddressPool = readonly AddressRange[];

/** An entry that is no set of addresses, and what is wrong with it, for people. */
interface AddressRangeFault {
  readonly entry: string;
  readonly fault: string;
}

/**
 * The pool of which entries tell: IP addresses, CIDR blocks, and ranges `first-last`. What they tell counts, not
 * how: their order and overlaps change nothing. All of a block belongs to it, its first and last address too.
 */
export const addressPool = (entries: readonly string[]): E.Either<AddressRangeFault, AddressPool> =>
  pipe(
    entries,
    E.traverseArray((entry) =>
      pipe(
        addressRange(entry),
        E.filterOrElse(
          (range) => !unusable.some((other) => overlap(range, other)),
          () => 'contains addresses that no server can have',
        ),
        E.mapLeft((fault) => ({ entry, fault })),
      ),
    ),
    E.map(merged),
  );

/** Whether an address is in a pool, however it is written. */
export const poolHas = (pool: AddressPool, address: string): boolean => {
  const one = singleAddress(address);
  return one !== undefined && pool.some((range) => overlap(range, one));
};

/** How many addresses are in a pool. */
export const poolSize = (pool: AddressPool): bigint =>
  pool.reduce((sum, range) => sum + sizeOf(range), 0n);

/** An address of a pool by its place, from 0, in its usual form; `undefined` behind the last one. */
export const poolNth = (pool: AddressPool, place: bigint): string | undefined => {
  let rest = place;
  for (const range of pool) {
    if (rest < sizeOf(range)) return showAddress(range.version, range.first + rest);
    rest -= sizeOf(range);
  }
  return undefined;
};

/**
 * The block that a text means: an IP address, or a CIDR block in which only the bits that count do. Absent where
 * it is neither.
 */
export const addressBlock = (
  text: string,
): { readonly address: string; readonly length: number } | undefined => {
  const [address = '', length, ...more] = text.split('/');
  const bits = isIpV4(address) ? 32 : isIpV6(address) ? 128 : undefined;
  if (bits === undefined || more.length > 0) return undefined;
  if (length === undefined) return { address, length: bits };
  return /^\d{1,3}$/.test(length) && Number(length) <= bits
    ? { address, length: Number(length) }
    : undefined;
};

const addressRange = (text: string): E.Either<string, AddressRange> => {
  if (text.includes('/')) return block(text);
  const [first = '', last, ...more] = text.split('-');
  const [from, to] = [singleAddress(first), singleAddress(last ?? first)];
  if (from === undefined || to === undefined || from.version !== to.version || more.length > 0)
    return E.left('is no IP address, no CIDR block and no range of addresses');
  return from.first <= to.last
    ? E.right({ ...from, last: to.last })
    : E.left('ends before it begins');
};

const block = (text: string): E.Either<string, AddressRange> => {
  const [address = '', length = '', ...more] = text.split('/');
  const one = singleAddress(address);
  const bits = one?.version === 4 ? 32 : 128;
  if (one === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits || more.length > 0)
    return E.left('is no CIDR block');
  const others = (1n << BigInt(bits - Number(length))) - 1n;
  return (one.first & others) === 0n
    ? E.right({ ...one, last: one.first | others })
    : E.left(`is a block that begins at ${showAddress(one.version, one.first & ~others)}`);
};

const singleAddress = (text: string): AddressRange | undefined => {
  if (isIpV4(text)) return single(4, numberOf(text.split('.').map(Number), 8n));
  return isIpV6(text) ? single(6, numberOf(groupsOfV6(text), 16n)) : undefined;
};

const single = (version: 4 | 6, address: bigint): AddressRange => ({
  version,
  first: address,
  last: address,
});

const numberOf = (parts: readonly number[], bits: bigint): bigint =>
  parts.reduce((number, part) => (number << bits) | BigInt(part), 0n);

const showAddress = (version: 4 | 6, address: bigint): string =>
  version === 4
    ? partsOf(address, 4, 8n).join('.')
    : canonicalAddress(partsOf(address, 8, 16n).map(hexadecimal).join(':'));

const hexadecimal = (group: number): string => group.toString(16);

const partsOf = (address: bigint, count: number, bits: bigint): readonly number[] =>
  Array.from({ length: count }, (_, index) =>
    Number((address >> (bits * BigInt(count - 1 - index))) & ((1n << bits) - 1n)),
  );

const sizeOf = ({ first, last }: AddressRange): bigint => last - first + 1n;

const overlap = (a: AddressRange, b: AddressRange): boolean =>
  a.version === b.version && a.first <= b.last && b.first <= a.last;

/** Ranges that overlap or touch become one. */
const merged = (ranges: readonly AddressRange[]): AddressPool =>
  [...ranges].sort(inOrder).reduce<AddressPool>((pool, range) => {
    const former = pool.at(-1);
    if (former?.version !== range.version || former.last + 1n < range.first)
      return [...pool, range];
    const last = former.last > range.last ? former.last : range.last;
    return [...pool.slice(0, -1), { ...former, last }];
  }, []);

const inOrder = (a: AddressRange, b: AddressRange): number =>
  a.version - b.version || (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);

/** This network, many machines and what is reserved; none, IPv4 in IPv6 (`::ffff:0:0/96`), many machines. */
const unusable: AddressPool = [
  '0.0.0.0/8',
  '224.0.0.0/3',
  '::',
  '::ffff:0:0/96',
  'ff00::/8',
].flatMap((text) =>
  pipe(
    addressRange(text),
    E.match(
      () => [],
      (range) => [range],
    ),
  ),
);
