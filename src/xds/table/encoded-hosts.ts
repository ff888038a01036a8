import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import type { Backend } from '../../ir/backend.ts';
import type { ClusterName } from '../../ir/cluster.ts';
import type { Mirror } from '../../ir/route.ts';
import type { RouteTableName, VirtualHost, VirtualHostKey } from '../../ir/virtual-host.ts';
import { failClosed } from '../filter/fail-closed.ts';
import { filterOfTable } from '../filter/filter-graph.ts';
import { virtualHost } from '../route/virtual-host.ts';
import type { EncodedHost } from './scoped-tables.ts';

/** An encoded virtual host and the table it lies in. */
export interface HostOfTable extends EncodedHost {
  readonly table: RouteTableName;
}

/** The state of the step: what was looked up are the kinds of the filters that routes have settings for. */
export type EncodedHosts = Joined<VirtualHostKey, VirtualHost, { kinds: string }, HostOfTable>;

/** Encodes each virtual host; one without settings for filters is not looked at when filters change. */
export const encodeEachHost = joinEach<VirtualHostKey, VirtualHost, { kinds: string }, HostOfTable>(
  (source, _, read) => {
    const { table } = source;
    const routes = failClosed(source.routes, (name) => read('kinds', filterOfTable(table, name)));
    const host = { ...source, routes };
    return {
      table,
      upgrades: upgradesOf(host),
      clusters: clustersOf(host),
      ...virtualHost(host),
    };
  },
);

const upgradesOf = ({ routes }: VirtualHost): readonly string[] => {
  const upgrades = new Set(
    routes.flatMap(({ action }) => (action._tag === 'Forward' ? action.upgrades : [])),
  );
  return upgrades.size === 0 ? none : [...upgrades];
};

const clustersOf = ({ routes }: VirtualHost): readonly ClusterName[] => {
  const clusters = new Set(
    routes.flatMap(({ action }) =>
      action._tag === 'Forward' ? [...action.backends, ...action.mirrors].flatMap(clusterOf) : [],
    ),
  );
  return clusters.size === 0 ? none : [...clusters];
};

const clusterOf = (to: Backend | Mirror): readonly ClusterName[] =>
  'cluster' in to ? [to.cluster] : none;

const none: readonly string[] = [];
