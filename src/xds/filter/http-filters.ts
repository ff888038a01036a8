import type {
  ExtensionConfigSource,
  HttpFilter as HttpFilterMessage,
  Router,
} from '../../../proto/envoy.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import { adsSource } from '../message/ads-source.ts';
import { any } from '../message/encode.ts';
import { configOf, kindOf, rowOf, type ChainFilter } from './chain-filter.ts';
import { closed, closedType } from './closed.ts';
import { filters } from './filters.ts';

/** A filter in the list of a chain: all that its listener says of it. */
export interface ListedFilter {
  readonly kind: string;
  readonly message: HttpFilterMessage;
}

/**
 * The entry of a filter in a chain. That of a filter which comes over ECDS never changes. A filter that is
 * off unless a route turns it on needs no `closed` to replace it.
 */
export const listedFilter = (name: FilterName, filter: ChainFilter): ListedFilter => {
  const { discovered, disabled } = rowOf(filter);
  return {
    kind: kindOf(filter),
    message: {
      name,
      ...(discovered === undefined
        ? { typed_config: configOf(filter) }
        : {
            config_discovery: {
              config_source: adsSource,
              ...(disabled === true ? { type_urls: [discovered] } : closedUntil(discovered)),
            },
          }),
      ...(disabled === true && { disabled }),
    },
  };
};

/**
 * A new listener waits for the configuration. If Envoy refuses the first one, it stops waiting, and answers
 * 500 on all routes, unless it is told by default to let nothing pass. Later ones that it refuses change
 * nothing (measured on 1.40.0).
 */
const closedUntil = (discovered: string): ExtensionConfigSource => ({
  default_config: closed,
  type_urls: [...new Set([discovered, closedType])],
});

/**
 * The filters of a chain in the order of the table, those of one kind as the chain lists them; and the router
 * behind them, with headers `x-envoy-…` in its responses unless somebody does not want any.
 */
export const httpFilters = (
  listed: readonly ListedFilter[],
  suppressesEnvoyHeaders?: true,
): readonly HttpFilterMessage[] => [
  ...Object.keys(filters).flatMap((kind) =>
    listed.filter((one) => one.kind === kind).map(({ message }) => message),
  ),
  suppressesEnvoyHeaders === true ? silentRouter : router,
];

/** It forwards or answers the request, so no filter comes after it. */
const routerOf = (config: Router): HttpFilterMessage => ({
  name: 'envoy.filters.http.router',
  typed_config: any('envoy.extensions.filters.http.router.v3.Router', config),
});

const router = routerOf({});

const silentRouter = routerOf({ suppress_envoy_headers: true });
