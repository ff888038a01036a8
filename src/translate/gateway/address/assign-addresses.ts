import { poolHas, poolNth, type AddressPool } from '../../../ir/address/address-range.ts';
import { bySeniority, type Claimant } from '../../contribution/seniority.ts';

/** What a Gateway wants of a pool. */
export interface AddressRequest extends Claimant {
  /** The addresses that it asks for by name, in canonical form. */
  readonly wanted: readonly string[];
  /** How many it wants besides, whichever they are. */
  readonly any: number;
  /** Those that it had before, in canonical form. */
  readonly held: readonly string[];
}

/** The addresses of one Gateway. */
export interface Assignment {
  readonly addresses: readonly string[];
  /** Those that it asks for and cannot have, each with the reason, as the end of a sentence. */
  readonly unusable: readonly { readonly address: string; readonly reason: string }[];
  /** How many are missing, because the pool has no more. */
  readonly missing: number;
}

/**
 * Gives addresses of a pool to Gateways: none to two of them, and the same whatever happened in which order.
 *
 * A Gateway keeps what it had before, if it still wants it; of two that had the same the older one keeps it.
 * Then those get theirs that ask for an address by name, and last those that take any: always the oldest
 * Gateway first.
 */
export const assignAddresses = (
  pool: AddressPool,
  requests: readonly AddressRequest[],
): ReadonlyMap<AddressRequest, Assignment> => {
  const owners = new Map<string, AddressRequest>();
  const sorted = requests.toSorted(bySeniority);
  const given = new Map(sorted.map((request) => [request, keep(pool, owners, request)]));
  for (const [request, own] of given)
    for (const address of request.wanted)
      if (poolHas(pool, address) && !owners.has(address)) take(owners, request, own, address);
  const rest = addressesIn(pool);
  return new Map(
    [...given].map(([request, own]) => {
      const anyOwned = own.filter((address) => !request.wanted.includes(address)).length;
      for (let missing = request.any - anyOwned; missing > 0; missing -= 1) {
        const next = nextFree(owners, rest);
        if (next === undefined) break;
        take(owners, request, own, next);
      }
      return [request, assignment(pool, owners, request, own)];
    }),
  );
};

/** The addresses of a pool one after the other; a pool can have very many. */
function* addressesIn(pool: AddressPool): Generator<string> {
  for (let place = 0n; ; place += 1n) {
    const address = poolNth(pool, place);
    if (address === undefined) return;
    yield address;
  }
}

const take = (
  owners: Map<string, AddressRequest>,
  request: AddressRequest,
  own: string[],
  address: string,
): void => {
  owners.set(address, request);
  own.push(address);
};

const keep = (
  pool: AddressPool,
  owners: Map<string, AddressRequest>,
  request: AddressRequest,
): string[] => {
  const own: string[] = [];
  let { any } = request;
  for (const address of new Set(request.held)) {
    if (owners.has(address) || !poolHas(pool, address)) continue;
    if (request.wanted.includes(address)) take(owners, request, own, address);
    else if (any > 0) {
      take(owners, request, own, address);
      any -= 1;
    }
  }
  return own;
};

const nextFree = (
  owners: ReadonlyMap<string, AddressRequest>,
  rest: Generator<string>,
): string | undefined => {
  for (let next = rest.next(); next.done !== true; next = rest.next())
    if (!owners.has(next.value)) return next.value;
  return undefined;
};

const assignment = (
  pool: AddressPool,
  owners: ReadonlyMap<string, AddressRequest>,
  { ref, wanted, any }: AddressRequest,
  own: readonly string[],
): Assignment => {
  const unusable = [...new Set(wanted)].flatMap((address) => {
    const owner = owners.get(address);
    if (owner?.ref === ref) return [];
    const reason = poolHas(pool, address)
      ? `it is in use by ${owner?.ref ?? 'another Gateway'}`
      : 'it is not one of the addresses for Gateways';
    return [{ address, reason }];
  });
  const got = own.filter((address) => !wanted.includes(address)).length;
  return { addresses: own, unusable, missing: Math.max(0, any - got) };
};
