import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined } from '../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../collection/operator/map-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import { secretsOfCluster, type Cluster, type ClusterName } from '../../ir/cluster.ts';
import { secretsOfChain, type FilterChain, type FilterChainKey } from '../../ir/filter-chain.ts';
import type { Ir } from '../../ir/ir.ts';
import type { Secret } from '../../ir/secret.ts';
import type { TrustBundle } from '../../ir/trust-bundle.ts';
import type { Resource } from '../resource.ts';
import { tlsSecret } from './tls-secret.ts';
import { trustSecret } from './trust-secret.ts';

/** The certificates and trust bundles that filter chains and clusters name, and who names them. */
export interface SentSecrets {
  readonly usedByChains: Grouped<FilterChainKey, FilterChain, string, true>;
  readonly usedByClusters: Grouped<ClusterName, Cluster, string, true>;
  readonly used: United<string, Users>;
  readonly encoded: Joined<string, Users, SecretTables, Resource>;
  /** Those that exist; a renewed one is still there. */
  readonly present: Mapped<string, Resource, true>;
}

/** The keys of what names a secret. */
type Users = Collection<string, true>;

interface SecretTables {
  readonly secrets: Secret;
  readonly trustBundles: TrustBundle;
}

/** Encodes each certificate and trust bundle that is used, if it is there; by change. */
export function* sentSecrets(
  previous: SentSecrets | undefined,
  {
    filterChains,
    clusters,
    secrets,
    trustBundles,
  }: Pick<Ir, 'filterChains' | 'clusters' | 'secrets' | 'trustBundles'>,
): Work<SentSecrets> {
  const usedByChains = yield* byChains(previous?.usedByChains, filterChains);
  const usedByClusters = yield* byClusters(previous?.usedByClusters, clusters);
  const used = yield* union<string, Users>(
    previous?.used,
    usedByChains.output,
    usedByClusters.output,
  );
  const encoded = yield* encodeEach(previous?.encoded, used.output, { secrets, trustBundles });
  const present = yield* presentEach(previous?.present, encoded.output);
  return { usedByChains, usedByClusters, used, encoded, present };
}

const byChains = groupBy<FilterChainKey, FilterChain, string, true>((chain) =>
  secretsOfChain(chain).map((name) => [name, true]),
);

const byClusters = groupBy<ClusterName, Cluster, string, true>((cluster) =>
  secretsOfCluster(cluster).map((name) => [name, true]),
);

const encodeEach = joinEach<string, Users, SecretTables, Resource>((_, name, read) => {
  const secret = read('secrets', name);
  if (secret !== undefined) return tlsSecret(secret);
  const bundle = read('trustBundles', name);
  return bundle === undefined ? undefined : trustSecret(bundle);
});

const presentEach = mapEach<string, Resource, true>(() => true);
