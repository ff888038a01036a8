import type { ListenerEntry } from '../../../kube/gateway/listener-entry.ts';
import { gatewayGroup } from '../../../kube/gateway/references.ts';
import { isServed } from './compiled-parent.ts';
import type { RouteKind } from './settled-listener.ts';

/** The kinds of routes that a listener takes. */
interface RouteKinds {
  readonly kinds: readonly RouteKind[];
  /** Where the first kind is that it names and cannot take; -1 if there is none. */
  readonly invalid: number;
}

/** Finds the kinds that a listener takes: of those that its protocol can carry all, or those that it names. */
export const routeKinds = ({ protocol, allowedRoutes }: ListenerEntry): RouteKinds => {
  const possible = isServed(protocol) ? httpKinds : [];
  const { kinds: named = [] } = allowedRoutes ?? {};
  if (named.length === 0) return { kinds: possible, invalid: -1 };
  const isNamed = (wanted: RouteKind): boolean =>
    named.some(({ group, kind }) => group === gatewayGroup && kind === wanted);
  return {
    kinds: possible.filter(isNamed),
    invalid: named.findIndex(
      ({ group, kind }) => group !== gatewayGroup || !possible.some((one) => one === kind),
    ),
  };
};

const httpKinds: readonly RouteKind[] = ['HTTPRoute', 'GRPCRoute'];
