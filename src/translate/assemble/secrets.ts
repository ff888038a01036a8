import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import { union, type United } from '../../collection/operator/union.ts';
import type { Work } from '../../collection/work.ts';
import type { Cluster, ClusterName } from '../../ir/cluster.ts';
import type { FilterChainKey } from '../../ir/filter-chain.ts';
import { objectRef } from '../../ir/object-ref.ts';
import type { Secret, SecretName } from '../../ir/secret.ts';
import type { ServedName } from '../../ir/server-name.ts';
import type { Secret as SecretObject } from '../../kube/core/secret.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';

/** The Secrets whose certificates are served, or shown to upstreams. */
export interface SecretGraph {
  readonly ofServerNames: Grouped<FilterChainKey, ServedName, SecretName, true>;
  readonly ofClusters: Grouped<ClusterName, Cluster, SecretName, true>;
  readonly users: United<SecretName, Users>;
  readonly secrets: Joined<SecretName, Users, SecretTables, Secret>;
}

/** The keys of what uses a Secret. */
type Users = Collection<string, true>;

interface SecretTables {
  readonly secrets: SecretObject;
}

/** Takes each Secret once, however many server names it is served for, and clusters show it. */
export function* secretGraph(
  previous: SecretGraph | undefined,
  { objects }: SyncedStore,
  serverNames: Collection<FilterChainKey, ServedName>,
  clusters: Collection<ClusterName, Cluster>,
): Work<SecretGraph> {
  const ofServerNames = yield* servedBy(previous?.ofServerNames, serverNames);
  const ofClusters = yield* shownBy(previous?.ofClusters, clusters);
  const users = yield* union<SecretName, Users>(
    previous?.users,
    ofServerNames.output,
    ofClusters.output,
  );
  return {
    ofServerNames,
    ofClusters,
    users,
    secrets: yield* secretEach(previous?.secrets, users.output, { secrets: objects.Secret }),
  };
}

const servedBy = groupBy((served: ServedName, _: FilterChainKey) =>
  served._tag === 'Terminate'
    ? served.certificates.map((name) => [name, true as const] as const)
    : [],
);

const shownBy = groupBy(({ tls }: Cluster, _: ClusterName) =>
  tls?.clientCertificate === undefined ? [] : [[tls.clientCertificate, true as const] as const],
);

const secretEach = joinEach(
  (_: Users, name: SecretName, read: Read<SecretTables>): Secret | undefined => {
    const { certificateChain, privateKey } = read('secrets', name) ?? {};
    return certificateChain === undefined || privateKey === undefined
      ? undefined
      : { name, certificateChain, privateKey, from: [objectRef('Secret', name)] };
  },
);
