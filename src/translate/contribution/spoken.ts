import { empty } from '../../collection/collection.ts';
import { finish } from '../../collection/work.ts';
import { storeWithoutObjects, type SyncedStore } from '../../kube/store/object-store.ts';
import type { Contribution, PortClaims, ServerNameClaims, Settlement } from './contribution.ts';
import type { Language } from './language.ts';

/** All that a language says of a store. */
interface Said<P extends PortClaims, N extends ServerNameClaims, C extends Contribution> {
  readonly ports: P;
  readonly names: N;
  readonly contribution: C;
}

/** What a language says where there is no object. */
export const saidOfNothing = <
  P extends PortClaims,
  N extends ServerNameClaims,
  C extends Contribution,
>(
  language: Language<P, N, C>,
): Said<P, N, C> => {
  const ports = finish(language.ports(undefined, storeWithoutObjects));
  const names = finish(language.serverNames(undefined, storeWithoutObjects, ports, empty()));
  const settlement: Settlement = { ports: empty(), serverNames: empty(), layouts: empty() };
  const contribution = finish(
    language.contribution(undefined, storeWithoutObjects, ports, names, settlement),
  );
  return { ports, names, contribution };
};

/**
 * A language that is asked only while it is spoken: else it says what it says of nothing, the same value each
 * time, and no change of anything else costs a step of it.
 */
export const whileSpoken = <
  P extends PortClaims,
  N extends ServerNameClaims,
  C extends Contribution,
>(
  isSpoken: (store: SyncedStore) => boolean,
  nothing: Said<P, N, C>,
  language: Language<P, N, C>,
): Language<P, N, C> => {
  const after = <S>(previous: S | undefined, ofNothing: S): S | undefined =>
    previous === ofNothing ? undefined : previous;
  return {
    name: language.name,
    *ports(previous, store) {
      if (!isSpoken(store)) return nothing.ports;
      return yield* language.ports(after(previous, nothing.ports), store);
    },
    *serverNames(previous, store, own, all) {
      if (own === nothing.ports) return nothing.names;
      return yield* language.serverNames(after(previous, nothing.names), store, own, all);
    },
    *contribution(previous, store, own, served, settled) {
      if (own === nothing.ports) return nothing.contribution;
      const former = after(previous, nothing.contribution);
      return yield* language.contribution(former, store, own, served, settled);
    },
  };
};
