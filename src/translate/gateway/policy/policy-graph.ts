import { values, type Collection } from '../../../collection/collection.ts';
import { groupBy, type Grouped } from '../../../collection/operator/group-by.ts';
import { joinEach, type Joined, type Read } from '../../../collection/operator/join-each.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { TrustBundle, TrustBundleName } from '../../../ir/trust-bundle.ts';
import type { BackendTLSPolicy } from '../../../kube/gateway/backend-tls-policy.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import { bySeniority } from '../../contribution/seniority.ts';
import { systemBundle, systemTrust, type SystemTrust } from '../../contribution/system-trust.ts';
import type { Authorities } from '../authority/authorities.ts';
import { trustBundleOf, type TrustTables } from '../authority/trust.ts';
import type { Grants } from '../../grants.ts';
import { compilePolicy, type CompiledPolicy } from './compile-policy.ts';
import type { PolicyInForce, ServicePolicies } from './service-policies.ts';
import { unreadPolicies, type UnreadPolicies } from './unread-policies.ts';

/** From BackendTLSPolicies to those in force for each Service, by change. */
export interface PolicyGraph {
  readonly compiled: Joined<ObjectKey, BackendTLSPolicy, TrustTables, CompiledPolicy>;
  readonly unread: UnreadPolicies;
  /** Those that could be read, and the others. */
  readonly all: United<ObjectKey, CompiledPolicy>;
  readonly targeted: Grouped<ObjectKey, CompiledPolicy, ObjectKey, CompiledPolicy>;
  /** By Service. */
  readonly inForce: Mapped<ObjectKey, Collection<ObjectKey, CompiledPolicy>, ServicePolicies>;
  readonly trusting: Grouped<ObjectKey, CompiledPolicy, TrustBundleName, readonly ObjectKey[]>;
  readonly trustBundles: Joined<
    TrustBundleName,
    Collection<ObjectKey, readonly ObjectKey[]>,
    BundleTables,
    TrustBundle
  >;
}

/** Makes the graph. `authorities` are those of ConfigMaps. */
export const policyGraph = (options: SystemTrust) => {
  const compileEach = joinEach(compilePolicy(options));
  const bundleEach = joinEach(bundleOf(options));
  return function* (
    previous: PolicyGraph | undefined,
    store: SyncedStore,
    authorities: Collection<ObjectKey, Authorities>,
    grants: Grants,
  ): Work<PolicyGraph> {
    const compiled = yield* compileEach(previous?.compiled, store.objects.BackendTLSPolicy, {
      authorities,
      grants: grants.output,
    });
    const unread = yield* unreadPolicies(previous?.unread, store);
    const all = yield* union(previous?.all, compiled.output, unread.policies.output);
    const targeted = yield* byService(previous?.targeted, all.output);
    const inForce = yield* inForceEach(previous?.inForce, targeted.output);
    const trusting = yield* byBundle(previous?.trusting, compiled.output);
    const trustBundles = yield* bundleEach(previous?.trustBundles, trusting.output, {
      authorities,
    });
    return { compiled, unread, all, targeted, inForce, trusting, trustBundles };
  };
};

const byService = groupBy((policy: CompiledPolicy, _: ObjectKey) =>
  policy.targets.map(({ service }) => [service, policy] as const),
);

/** Of several policies for one port or one Service the oldest is in force, even if it cannot be followed. */
const inForceEach = mapEach(
  (policies: Collection<ObjectKey, CompiledPolicy>, service: ObjectKey): ServicePolicies => {
    const inForce = new Map<string | undefined, PolicyInForce>();
    for (const { ref, created, targets, tls } of [...values(policies)].sort(bySeniority))
      for (const target of targets)
        if (target.service === service && !inForce.has(target.port)) {
          const policy = { ref, ...(created !== undefined && { created }) };
          const { port } = target;
          inForce.set(port, { ...(port !== undefined && { port }), policy, tls });
        }
    return [...inForce.values()];
  },
);

const byBundle = groupBy(({ tls, configMaps }: CompiledPolicy, _: ObjectKey) =>
  tls._tag === 'Invalid' ? [] : [[tls.trust, configMaps] as const],
);

type BundleTables = Pick<TrustTables, 'authorities'>;

const bundleOf =
  (options: SystemTrust) =>
  (
    policies: Collection<ObjectKey, readonly ObjectKey[]>,
    name: TrustBundleName,
    read: Read<BundleTables>,
  ): TrustBundle | undefined => {
    const [configMaps = []] = values(policies);
    return name === systemTrust ? systemBundle(options) : trustBundleOf(configMaps, read);
  };
