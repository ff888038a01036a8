import type { HttpFilter as HttpFilterMessage } from '../../../proto/envoy.ts';
import type { FilterName } from '../../ir/filter/filter-name.ts';
import { adsSource } from '../message/ads-source.ts';
import { any } from '../message/encode.ts';
import type { FilterKind } from './filter-kind.ts';
import { filters, type ChainFilter } from './filters.ts';

/** A filter in the list of a chain: all that its listener says of it. */
export interface ListedFilter {
  readonly kind: ChainFilter['_tag'];
  readonly message: HttpFilterMessage;
}

/** What is said of a filter; of one that comes over ECDS the same, whatever its settings. */
export const listedFilter = (name: FilterName, filter: ChainFilter): ListedFilter => {
  const kind: FilterKind<ChainFilter, unknown> = filters[filter._tag];
  return {
    kind: filter._tag,
    message: {
      name,
      ...(kind.discovered === undefined
        ? { typed_config: kind.config(filter) }
        : { config_discovery: { config_source: adsSource, type_urls: [kind.discovered] } }),
      ...(kind.disabled === true && { disabled: true }),
    },
  };
};

/** The filters of a chain in the order of the table, those of one kind as the chain lists them. */
export const httpFilters = (listed: readonly ListedFilter[]): readonly HttpFilterMessage[] => [
  ...Object.keys(filters).flatMap((kind) =>
    listed.filter((one) => one.kind === kind).map(({ message }) => message),
  ),
  router,
];

/** It answers the request, so nothing comes behind it. */
const router: HttpFilterMessage = {
  name: 'envoy.filters.http.router',
  typed_config: any('envoy.extensions.filters.http.router.v3.Router', {}),
};
