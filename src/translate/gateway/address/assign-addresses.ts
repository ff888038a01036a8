import { poolHas, poolNth, type AddressPool } from '../../../ir/address/address-range.ts';
import { bySeniority, type Claimant } from '../../contribution/seniority.ts';

/** What a Gateway wants of a pool. */
export interface AddressRequest extends Claimant {
  /** The addresses that it asks for by name, in canonical form. */
  readonly wanted: readonly string[];
  /** How many it wants besides, whichever they are. */
  readonly any: number;
  /** Those that its status says, in canonical form. */
  readonly held: readonly string[];
  /** Those that it was given before, of which its status may not say anything yet. */
  readonly former: readonly string[];
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
 * A Gateway keeps what its status says, if it still wants it; of two that have the same the older one keeps it.
 * Then those get theirs that ask for an address by name. Who takes any keeps what it was given before: its
 * status is on the way, and a Gateway that came later must not take it meanwhile. Last come new ones. It is
 * always the oldest Gateway first.
 */
export const assignAddresses = <Request extends AddressRequest>(
  pool: AddressPool,
  requests: readonly Request[],
): ReadonlyMap<Request, Assignment> => {
  const owners = new Map<string, AddressRequest>();
  const sorted = requests.toSorted(bySeniority);
  const given = new Map(sorted.map((request): [Request, string[]] => [request, []]));
  for (const [request, own] of given) keep(pool, owners, request, own, request.held);
  for (const [request, own] of given)
    for (const address of request.wanted)
      if (poolHas(pool, address) && !owners.has(address)) take(owners, request, own, address);
  for (const [request, own] of given) keep(pool, owners, request, own, request.former);
  const rest = addressesIn(pool);
  return new Map(
    [...given].map(([request, own]) => {
      for (let missing = missingOf(request, own); missing > 0; missing -= 1) {
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

/** Leaves a Gateway those of its addresses that it wants and nobody has taken. */
const keep = (
  pool: AddressPool,
  owners: Map<string, AddressRequest>,
  request: AddressRequest,
  own: string[],
  addresses: readonly string[],
): void => {
  for (const address of addresses) {
    const isWanted = request.wanted.includes(address) || missingOf(request, own) > 0;
    if (isWanted && poolHas(pool, address) && !owners.has(address))
      take(owners, request, own, address);
  }
};

/** How many of those that it takes whichever they are it has not got. */
const missingOf = ({ wanted, any }: AddressRequest, own: readonly string[]): number =>
  Math.max(0, any - own.filter((address) => !wanted.includes(address)).length);

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
  request: AddressRequest,
  own: readonly string[],
): Assignment => {
  const { ref, wanted } = request;
  const unusable = [...new Set(wanted)].flatMap((address) => {
    const owner = owners.get(address);
    if (owner?.ref === ref) return [];
    const reason = poolHas(pool, address)
      ? `it is in use by ${owner?.ref ?? 'another Gateway'}`
      : 'it is not one of the addresses for Gateways';
    return [{ address, reason }];
  });
  return { addresses: own, unusable, missing: missingOf(request, own) };
};
