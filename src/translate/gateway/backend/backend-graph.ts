import type { Tables } from '../../../collection/operator/join-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { SyncedStore } from '../../../kube/store/object-store.ts';
import type { Grants } from '../grant/grants.ts';
import type { BackendTables } from './backend-lookup.ts';

/** What the backends of all routes are looked up in, by change. */
export interface BackendGraph {
  readonly tables: Tables<BackendTables>;
}

/** Makes the graph. */
export type BackendGraphOf = (
  previous: BackendGraph | undefined,
  store: SyncedStore,
  grants: Grants,
) => Work<BackendGraph>;
