import type { RouteTableName } from '../../ir/virtual-host.ts';

/**
 * How a route table is cut, so that a change costs one piece of it. A piece is chosen by a hash of
 * the last labels of the host name: every request has these, and every domain without a wildcard
 * among them.
 */
export interface ShardLayout {
  /** Into how many pieces; 1: the table is whole. */
  readonly shards: number;
  /** How many labels of a host name are hashed, from the right; `allLabels`: the whole name. */
  readonly labels: number;
}

/** More labels than a host name can have. */
export const allLabels = 127;

/** A table in one piece. */
export const wholeTable: ShardLayout = { shards: 1, labels: allLabels };

/** One piece of a table: `table#labels.shards.index`; that of a whole table has the table's name. */
export type ShardName = string;

/** Names a piece. No table has a `#` in its name. */
export const shardName = (
  table: RouteTableName,
  { shards, labels }: ShardLayout,
  index: number,
): ShardName => (shards === 1 ? table : `${table}#${labels}.${shards}.${index}`);

/** The table that a piece is of. */
export const tableOfShard = (name: ShardName): RouteTableName => name.split('#', 1)[0] ?? name;

/** Names the filter that finds the piece of a table for each request. */
export const filterName = (table: RouteTableName): string => `shards ${table}`;

/** Whether a filter has such a name; no other does. */
export const isShardFilter = (name: string): boolean => name.startsWith(filterName(''));

/** The table whose filter has this name. */
export const tableOfFilter = (name: string): RouteTableName => name.slice(filterName('').length);

/** The piece in which requests for a host are looked up; the host in lower case, without a port. */
export const shardOfHost = ({ shards, labels }: ShardLayout, host: string): number =>
  hashOfHost(lastLabels(host, labels)) % shards;

/** The piece a domain lies in; all of them, if hosts in any piece can match its pattern. */
export const shardOfDomain = (layout: ShardLayout, domain: string): number | 'all' => {
  const fixed = fixedLabels(domain);
  if (fixed === undefined) return shardOfHost(layout, domain);
  return layout.labels <= fixed ? shardOfHost(layout, domain) : 'all';
};

/** How many labels, from the right, all hosts of a pattern share; `undefined` for a host name. */
export const fixedLabels = (domain: string): number | undefined => {
  if (domain.endsWith('*')) return 0;
  return domain.startsWith('*') ? domain.split('.').length - 1 : undefined;
};

/** Whether a domain of a table lies in the piece of that name. */
export const isInShard = (name: ShardName, table: RouteTableName, domain: string): boolean => {
  if (name === table) return true;
  if (!name.startsWith(`${table}#`)) return false;
  const [labels = 0, shards = 0, index = 0] = name
    .slice(table.length + 1)
    .split('.')
    .map(Number);
  const shard = shardOfDomain({ shards, labels }, domain);
  return shard === 'all' || shard === index;
};

/** A hash that a script in Envoy computes as well: exact in double precision. */
const hashOfHost = (text: string): number => {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (hash * 257 + text.charCodeAt(i)) % prime;
  return hash;
};

/** The greatest prime below 2^32. */
const prime = 4_294_967_291;

const lastLabels = (host: string, labels: number): string => {
  let from = host.length;
  for (let n = 0; n < labels && from >= 0; n += 1)
    from = from === 0 ? -1 : host.lastIndexOf('.', from - 1);
  return host.slice(from + 1);
};
