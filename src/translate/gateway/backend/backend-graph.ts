import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Tables } from '../../../collection/operator/join-each.ts';
import type { Collection } from '../../../collection/collection.ts';
import type { Work } from '../../../collection/work.ts';
import type { ObjectKey } from '../../../ir/object-ref.ts';
import type { Service } from '../../../kube/core/service.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Grants } from '../../grants.ts';
import type { ServicePolicies } from '../policy/service-policies.ts';
import type { BackendTables } from './backend-lookup.ts';
import { backendService, type BackendService } from './backend-service.ts';

/** What the backends of all routes are looked up in, by change. */
export interface BackendGraph {
  readonly services: Mapped<ObjectKey, Service, BackendService>;
  /** For the `joinEach` that compiles rules. */
  readonly tables: Tables<BackendTables>;
}

/** Makes the tables from the Services, the grants, and the policies of each Service. */
export function* backendGraph(
  previous: BackendGraph | undefined,
  { objects }: SyncedStore,
  grants: Grants,
  policies: Collection<ObjectKey, ServicePolicies>,
): Work<BackendGraph> {
  const services = yield* servicesOf(previous?.services, objects.Service);
  return {
    services,
    tables: { services: services.output, grants: grants.output, policies },
  };
}

const servicesOf = mapEach((service: Service, _: ObjectKey) => backendService(service));
