import { getOrElse } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';

import type { Collection } from '../../../collection/collection.ts';
import type { Work } from '../../../collection/work.ts';
import { addressPool, type AddressPool } from '../../../ir/address/address-range.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Gateway } from '../../../kube/gateway/gateway.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { TranslateOptions } from '../../translate-options.ts';
import type { OurGateways } from '../class/our-gateways.ts';
import type { Place } from './place.ts';
import { poolPlaces, unsupportedInPool, type PoolPlaces } from './pool-places.ts';
import { servicePlaces, unsupportedInService, type ServicePlaces } from './service-places.ts';

/** Where Gateways are: each on addresses of its own, or all on those of a Service. */
export type Places = { readonly ofPool: PoolPlaces } | { readonly ofService: ServicePlaces };

/** Where each Gateway is. */
export const placeOfEach = (places: Places): Collection<ObjectKey, Place> =>
  'ofPool' in places ? places.ofPool.places.output : places.ofService.places.output;

/** How Gateways come to their addresses. */
interface Addressing {
  /** The first address of a type that no Gateway can have; -1 if there is none. */
  readonly unsupported: (gateway: Gateway) => number;
  readonly places: (
    previous: Places | undefined,
    gateways: OurGateways,
    store: SyncedStore,
  ) => Work<Places>;
}

/** Which addresses Gateways have. */
export type AddressingOptions = Pick<TranslateOptions, 'gatewayService' | 'gatewayAddresses'>;

/**
 * Gives Gateways addresses as the options say (decision 38): those of a Service to all of them, or of a pool to
 * each its own. A pool that cannot be read has none; who reads the options says so.
 */
export const addressing = ({
  gatewayService,
  gatewayAddresses = loopback,
}: AddressingOptions): Addressing => {
  if (gatewayService !== undefined) {
    const ofService = servicePlaces(gatewayService);
    return {
      unsupported: unsupportedInService,
      *places(previous, gateways, store) {
        const former = previous !== undefined && 'ofService' in previous ? previous : undefined;
        return { ofService: yield* ofService(former?.ofService, gateways, store) };
      },
    };
  }
  const pool = pipe(
    addressPool(gatewayAddresses),
    getOrElse((): AddressPool => []),
  );
  const ofPool = poolPlaces(pool);
  return {
    unsupported: unsupportedInPool,
    *places(previous, gateways) {
      const former = previous !== undefined && 'ofPool' in previous ? previous : undefined;
      return { ofPool: yield* ofPool(former?.ofPool, gateways) };
    },
  };
};

/** Addresses of this machine alone, for a folder on a laptop. */
const loopback: readonly string[] = ['127.0.0.1-127.0.0.254'];
