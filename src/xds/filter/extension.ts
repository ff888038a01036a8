import type { FilterName } from '../../ir/filter/filter-name.ts';
import { encode } from '../message/encode.ts';
import { resource, type Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';
import type { FilterKind } from './filter-kind.ts';
import { filters, type ChainFilter } from './filters.ts';

/** ECDS: the configuration of a filter; absent for one that lies in the listener. */
export const extension = (name: FilterName, filter: ChainFilter): Resource | undefined => {
  const kind: FilterKind<ChainFilter, unknown> = filters[filter._tag];
  if (kind.discovered === undefined) return undefined;
  const message = { name, typed_config: kind.config(filter) };
  return resource(
    TypeUrl.Extension,
    name,
    encode('envoy.config.core.v3.TypedExtensionConfig', message),
  );
};
