import {
  empty,
  get,
  keys,
  values,
  withEdits,
  type Collection,
} from '../../../collection/collection.ts';
import { definedOnly } from '../../../collection/defined-only.ts';
import { editOf } from '../../../collection/edit.ts';
import { equal } from '../../../collection/equal.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { OwnStep } from '../../../collection/operator/own-step.ts';
import { removals } from '../../../collection/removals.ts';
import type { Work } from '../../../collection/work.ts';
import type { AddressPool } from '../../../ir/address/address-range.ts';
import { canonicalAddress } from '../../../ir/address/ip-address.ts';
import type { ObjectKey, ObjectRef } from '../../../ir/object-ref.ts';
import type { Gateway } from '../../../kube/gateway/gateway.ts';
import type { OurGateway, OurGateways } from '../class/our-gateways.ts';
import { assignAddresses, type AddressRequest, type Assignment } from './assign-addresses.ts';
import { faultProblems, type AddressFault, type Place } from './place.ts';

/** From Gateways to their addresses, each its own. */
export interface PoolPlaces {
  readonly requests: Mapped<ObjectKey, OurGateway, PlaceRequest>;
  readonly places: OwnStep<Inputs, Collection<ObjectKey, Place>>;
}

interface PlaceRequest extends Omit<AddressRequest, 'former'> {
  readonly key: ObjectKey;
}

type Inputs = Readonly<{ requests: Collection<ObjectKey, PlaceRequest> }>;

/** The first address of a type that a pool does not have; -1 if there is none. */
export const unsupportedInPool = ({ spec }: Gateway): number =>
  (spec.addresses ?? []).findIndex(({ type }) => type !== 'IPAddress');

/**
 * Gives each Gateway addresses of its own. Who has which depends on all Gateways, so all of them are gone
 * through when what one of them wants changes; that is rare, and there are few.
 */
export const poolPlaces = (pool: AddressPool) =>
  function* (previous: PoolPlaces | undefined, gateways: OurGateways): Work<PoolPlaces> {
    const requests = yield* requestEach(previous?.requests, gateways);
    const inputs = { requests: requests.output };
    if (previous?.places.inputs.requests === inputs.requests)
      return { requests, places: previous.places };
    const before = previous?.places.output ?? empty<ObjectKey, Place>();
    const current = [...values(inputs.requests)].map((request) => ({
      ...request,
      former: get(before, request.key)?.binds ?? [],
    }));
    const gone = [...keys(before)].filter((key) => get(inputs.requests, key) === undefined);
    const output = withEdits(
      before,
      [
        ...removals<ObjectKey, Place>(gone),
        ...[...assignAddresses(pool, current)].map(([{ key, ref }, assignment]) =>
          editOf(key, placeOf(ref, assignment)),
        ),
      ],
      equal,
    );
    return { requests, places: { operator: 'own', inputs, output } };
  };

const requestEach = mapEach(
  ({ key, ref, created, gateway, refusal }: OurGateway, _: ObjectKey): PlaceRequest | undefined => {
    if (refusal !== undefined) return undefined;
    const asked = (gateway.spec.addresses ?? []).map(({ value = '' }) => value);
    const wanted = asked.filter((value) => value !== '').map(canonicalAddress);
    const held = (gateway.status?.addresses ?? []).map(({ value = '' }) => canonicalAddress(value));
    return definedOnly<PlaceRequest>({
      key,
      ref,
      created,
      wanted,
      any: asked.length === 0 ? 1 : asked.length - wanted.length,
      held,
    });
  },
);

const placeOf = (ref: ObjectRef, { addresses, unusable, missing }: Assignment): Place => {
  const fault = faultOf(unusable, missing);
  return definedOnly<Place>({
    addresses: addresses.map((value) => ({ type: 'IPAddress', value })),
    binds: addresses,
    fault,
    problems: faultProblems(ref, fault),
  });
};

const faultOf = (unusable: Assignment['unusable'], missing: number): AddressFault | undefined => {
  if (unusable.length > 0)
    return {
      reason: 'AddressNotUsable',
      message: unusable
        .map(({ address, reason }) => `${JSON.stringify(address)} cannot be used: ${reason}`)
        .join('; '),
    };
  return missing === 0
    ? undefined
    : {
        reason: 'AddressNotAssigned',
        message: 'no address is free for it; --gateway-addresses names those that Gateways have',
      };
};
