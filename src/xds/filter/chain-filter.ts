import type { Any } from '../../../proto/envoy.ts';
import type { ClusterName } from '../../ir/cluster.ts';
import { isSwitchable, type HttpFilter } from '../../ir/filter/filter.ts';
import { closed, idle } from './closed.ts';
import type { Configured } from './filter-kind.ts';
import { filters, type EncodableFilter } from './filters.ts';

/** A filter that a chain can list. */
export type ChainFilter = HttpFilter | EncodableFilter;

/** The kind of a filter, also of one that is unavailable or idle. */
export const kindOf = (filter: ChainFilter): EncodableFilter['_tag'] =>
  filter._tag === 'Unavailable' || filter._tag === 'Idle' ? filter.kind : filter._tag;

/** The row of a filter. */
export const rowOf = (filter: ChainFilter): Configured<EncodableFilter> => filters[kindOf(filter)];

/** The configuration of a filter. One that is unavailable lets nothing pass, one that is idle everything. */
export const configOf = (filter: ChainFilter): Any => {
  switch (filter._tag) {
    case 'Unavailable':
      return closed;
    case 'Idle':
      return idle;
    default:
      return rowOf(filter).config(filter);
  }
};

/** The cluster that a filter cannot do without; absent: it needs none. */
export const clusterOf = (filter: ChainFilter): ClusterName | undefined =>
  filter._tag === 'Unavailable' || filter._tag === 'Idle'
    ? undefined
    : rowOf(filter).clusterOf?.(filter);

/**
 * What a filter is to an Envoy without its cluster: one that lets nothing pass. Where only some routes ask for a filter it stays as it is:
 * it says itself what becomes of their requests when nobody answers, and others are none of its business.
 */
export const withoutCluster = (filter: ChainFilter): ChainFilter => {
  const kind = kindOf(filter);
  return kind === 'Shards' || kind === 'Missing' || !isSwitchable(kind)
    ? filter
    : { _tag: 'Unavailable', kind, from: [] };
};
