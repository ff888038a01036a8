import type { Work } from '../../collection/work.ts';
import type { SyncedStore } from '../../kube/store/object-store.ts';
import type {
  Contribution,
  PortClaims,
  Ports,
  ServerNameClaims,
  Settlement,
} from './contribution.ts';

/**
 * A language in which users say what they want: Emissary's objects, the Gateway API, Ingress.
 *
 * It is asked three times, because each answer depends on what all languages said to the question
 * before: which addresses; then, knowing who has them, which server names; then, knowing how these
 * are served, which routes. Each time it gets its former answer and computes by change; the answer
 * equals the one it would give from nothing. It does not know which other languages there are.
 *
 * These are methods, so that a list can hold languages whose states differ: a language is only ever
 * handed back what it gave itself.
 */
export interface Language<
  P extends PortClaims = PortClaims,
  N extends ServerNameClaims = ServerNameClaims,
  C extends Contribution = Contribution,
> {
  /** Names it among all languages. */
  readonly name: string;
  /** Which addresses it would open. */
  ports(previous: P | undefined, store: SyncedStore): Work<P>;
  /** What it would serve, given who has each address; on no other address. */
  serverNames(previous: N | undefined, store: SyncedStore, own: P, all: Ports): Work<N>;
  /** Where requests go, given who has each address and server name, and how these are served. */
  contribution(
    previous: C | undefined,
    store: SyncedStore,
    ports: P,
    serverNames: N,
    settlement: Settlement,
  ): Work<C>;
}
