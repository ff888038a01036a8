import type { Read } from '../../../collection/operator/join-each.ts';

import type { NamespaceGrants } from '../../grants.ts';
import type { BackendService } from './backend-service.ts';
import type { ServicePolicies } from '../policy/service-policies.ts';

/** What backends are looked up in, for the tables of a `joinEach`. */
export interface BackendTables {
  /** By `namespace/name`. */
  readonly services: BackendService;
  /** By namespace. */
  readonly grants: NamespaceGrants;
  /** The BackendTLSPolicies of each Service, by `namespace/name` of the Service. */
  readonly policies: ServicePolicies;
}

/** Looks up what backends depend on; every look-up is a dependency of the route. */
export type BackendLookup = Read<BackendTables>;
