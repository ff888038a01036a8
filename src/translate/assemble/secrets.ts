import type { Collection } from '../../collection/collection.ts';
import { groupBy, type Grouped } from '../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../collection/operator/join-each.ts';
import type { Work } from '../../collection/work.ts';
import type { FilterChainKey } from '../../ir/filter-chain.ts';
import { objectRef } from '../../ir/object-ref.ts';
import type { Secret, SecretName } from '../../ir/secret.ts';
import type { ServedName } from '../../ir/server-name.ts';
import type { Secret as SecretObject } from '../../kube/core/secret.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';

/** The Secrets whose certificates are served. */
export interface SecretGraph {
  readonly users: Grouped<FilterChainKey, ServedName, SecretName, true>;
  readonly secrets: Joined<SecretName, Users, SecretTables, Secret>;
}

type Users = Collection<FilterChainKey, true>;

interface SecretTables {
  readonly secrets: SecretObject;
}

/** Takes each Secret once, however many server names it is served for. */
export function* secretGraph(
  previous: SecretGraph | undefined,
  { objects }: SyncedStore,
  serverNames: Collection<FilterChainKey, ServedName>,
): Work<SecretGraph> {
  const users = yield* usersOf(previous?.users, serverNames);
  return {
    users,
    secrets: yield* secretEach(previous?.secrets, users.output, { secrets: objects.Secret }),
  };
}

const usersOf = groupBy((served: ServedName, _: FilterChainKey) =>
  served._tag === 'Terminate'
    ? served.certificates.map((name) => [name, true as const] as const)
    : [],
);

const secretEach = joinEach(
  (_: Users, name: SecretName, read: Read<SecretTables>): Secret | undefined => {
    const { certificateChain, privateKey } = read('secrets', name) ?? {};
    return certificateChain === undefined || privateKey === undefined
      ? undefined
      : { name, certificateChain, privateKey, from: [objectRef('Secret', name)] };
  },
);
