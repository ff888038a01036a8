import { unionOf, type UnitedAll } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { AccessLog } from '../../ir/access-log/access-log.ts';
import type { ConsulAgent } from '../../ir/endpoints.ts';
import type { ConnectionLimits } from '../../ir/http-options.ts';
import type { Ir } from '../../ir/ir.ts';
import type { ObjectKey } from '../../ir/object-ref.ts';
import type { TrustBundle, TrustBundleName } from '../../ir/trust-bundle.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type { Contribution, ServerNameClaims } from '../contribution/contribution.ts';
import type { AddressOptions } from '../contribution/refused-addresses.ts';
import type { Troubles } from '../contribution/troubles.ts';
import { filterChainGraph, type FilterChainGraph } from './filter-chains.ts';
import { assembledFilters, type AssembledFilters } from './filters.ts';
import { mergedHosts, type CountingOptions, type MergedHosts } from './merged-hosts.ts';
import type { PortOwners } from './port-owners.ts';
import { secretGraph, type SecretGraph } from './secrets.ts';
import type { ServerNameGraph } from './server-names.ts';
import { upstreamGraph, type UpstreamGraph } from './upstreams.ts';

/** The IR of what all languages ask for together. */
export interface Assembly {
  readonly filters: AssembledFilters;
  readonly chains: FilterChainGraph;
  readonly virtualHosts: MergedHosts;
  readonly consulPlaces: UnitedAll<ObjectKey, { readonly agent?: ConsulAgent }>;
  readonly upstreams: UpstreamGraph;
  readonly secrets: SecretGraph;
  readonly trustBundles: UnitedAll<TrustBundleName, TrustBundle>;
  readonly connectionLimits: UnitedAll<string, ConnectionLimits>;
  readonly ir: Ir;
  /** The problems that only show when all languages are seen together. */
  readonly problems: readonly Troubles[];
}

/** What no language says. */
interface AssembleOptions extends AddressOptions, CountingOptions {
  /** What is written down on all listeners. */
  readonly accessLog?: AccessLog | 'off';
}

/** What each language got of what several wanted, with the state of the steps. */
interface SettledGraphs {
  readonly owners: PortOwners;
  readonly names: ServerNameGraph;
}

/**
 * Puts together what all languages ask for. If only one language asks for anything, its collections
 * are used as they are.
 */
export const assemble = (options: AssembleOptions) => {
  const chainsOf = filterChainGraph(options.accessLog ?? 'off');
  const upstreamsOf = upstreamGraph(options);
  return function* (
    previous: Assembly | undefined,
    store: SyncedStore,
    { owners, names }: SettledGraphs,
    claimed: readonly ServerNameClaims[],
    contributions: readonly Contribution[],
  ): Work<Assembly> {
    // Chains list filters, and some virtual hosts are made for chains. No other step needs an earlier one.
    const filters = yield* assembledFilters(
      previous?.filters,
      contributions.flatMap((one) => one.filters ?? []),
    );
    const chains = yield* chainsOf(
      previous?.chains,
      owners.ports.output,
      claimed,
      names,
      filters.listed.output,
    );
    const filterChains = chains.filterChains.output;
    const virtualHosts = yield* mergedHosts(
      previous?.virtualHosts,
      store,
      contributions,
      { listeners: chains.listeners.output, filterChains },
      names,
      options,
    );
    const clusterUsers = contributions.flatMap((one) => one.upstreams);
    const consulPlaces = yield* unionOf(
      previous?.consulPlaces,
      contributions.flatMap((one) => one.consulPlaces ?? []),
    );
    const upstreams = yield* upstreamsOf(
      previous?.upstreams,
      store,
      clusterUsers,
      consulPlaces.output,
    );
    const secrets = yield* secretGraph(
      previous?.secrets,
      store,
      names.claims.settled.output,
      upstreams.clusters.output,
    );
    const trustBundles = yield* unionOf(
      previous?.trustBundles,
      contributions.flatMap((one) => one.trustBundles ?? []),
    );
    const connectionLimits = yield* unionOf(
      previous?.connectionLimits,
      contributions.flatMap((one) => one.connectionLimits ?? []),
    );
    return {
      filters,
      chains,
      virtualHosts,
      consulPlaces,
      upstreams,
      secrets,
      trustBundles,
      connectionLimits,
      ir: {
        listeners: chains.listeners.output,
        filterChains,
        filters: filters.filters.output,
        virtualHosts: virtualHosts.all.output,
        clusters: upstreams.clusters.output,
        clusterUsers,
        endpoints: upstreams.endpoints.output,
        secrets: secrets.secrets.output,
        trustBundles: trustBundles.output,
        certificates: names.certificates.output,
        connectionLimits: connectionLimits.output,
      },
      problems: [
        ...owners.conflicts.map(({ output }) => output),
        owners.rivals.output,
        names.claims.problems.output,
        names.layouts.output,
        virtualHosts.merged.problems.output,
        upstreams.faults.output,
        upstreams.consulFaults.output,
      ],
    };
  };
};
