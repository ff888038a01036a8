import type { Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { values } from '../../../collection/collection.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { TrustBundle, TrustBundleName } from '../../../ir/trust-bundle.ts';
import type { GatewaySecurity } from '../certificate/gateway-security.ts';
import type { Authorities } from './authorities.ts';
import { bundleName, trustBundleOf } from './trust.ts';

/** The authorities that certificates of clients are verified with. */
export interface TrustBundles {
  readonly users: Grouped<ObjectKey, GatewaySecurity, TrustBundleName, readonly ObjectKey[]>;
  readonly bundles: Joined<TrustBundleName, Users, AuthorityTables, TrustBundle>;
}

type Users = Collection<ObjectKey, readonly ObjectKey[]>;

interface AuthorityTables {
  readonly authorities: Authorities;
}

/** Makes the bundles that Gateways verify clients with, each once. */
export function* trustBundles(
  previous: TrustBundles | undefined,
  securities: Collection<ObjectKey, GatewaySecurity>,
  authorities: Collection<ObjectKey, Authorities>,
): Work<TrustBundles> {
  const users = yield* usersOf(previous?.users, securities);
  const bundles = yield* bundleEach(previous?.bundles, users.output, { authorities });
  return { users, bundles };
}

const usersOf = groupBy(({ clients, perPort }: GatewaySecurity, _: ObjectKey) =>
  [clients, ...Object.values(perPort)].flatMap((trust) =>
    trust === undefined || trust === 'none' || trust.configMaps.length === 0
      ? []
      : [[bundleName(trust.configMaps), trust.configMaps] as const],
  ),
);

const bundleEach = joinEach((users: Users, _: TrustBundleName, read: Read<AuthorityTables>) => {
  const [configMaps = []] = values(users);
  return trustBundleOf(configMaps, read);
});
