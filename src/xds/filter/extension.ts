import type { FilterName } from '../../ir/filter/filter-name.ts';
import { encode } from '../message/encode.ts';
import { resource, type Resource } from '../resource.ts';
import { TypeUrl } from '../type-url.ts';
import { clusterOf, configOf, rowOf, withoutCluster, type ChainFilter } from './chain-filter.ts';

/** ECDS: the configuration of a filter; absent for one that lies in the listener. */
export const extension = (name: FilterName, filter: ChainFilter): Resource | undefined => {
  if (rowOf(filter).discovered === undefined) return undefined;
  const made = configured(name, filter);
  const cluster = clusterOf(filter);
  if (cluster === undefined) return made;
  const without = withoutCluster(filter);
  const needs = without === filter ? undefined : { cluster, orElse: configured(name, without) };
  return Object.assign(made, { cluster, sendsTo: isCluster, ...(needs && { needs }) });
};

const configured = (name: FilterName, filter: ChainFilter): Resource =>
  resource(
    TypeUrl.Extension,
    name,
    encode('envoy.config.core.v3.TypedExtensionConfig', { name, typed_config: configOf(filter) }),
  );

/** One function for all: what is made of equal filters is equal. */
function isCluster(this: { readonly cluster: string }, other: string): boolean {
  return other === this.cluster;
}
