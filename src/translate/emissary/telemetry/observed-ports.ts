import { mapGiven, type MappedGiven } from '../../../collection/operator/map-given.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { HttpOptions } from '../../../ir/http-options.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { PortClaim, Ports } from '../../contribution/contribution.ts';

/** What is told of the requests of all HTTP listeners, and to whom. */
export type Observers = Pick<HttpOptions, 'logServices' | 'tracing'>;

/** The claims of Listeners to their ports, with what is told of their requests. */
export interface ObservedPorts {
  readonly observed: MappedGiven<ListenerName, PortClaim, Observers, PortClaim>;
  readonly claims: United<ListenerName, PortClaim>;
}

/** Has each port observed. Without observers each claim stays as it is. */
export function* observedPorts(
  previous: ObservedPorts | undefined,
  claims: Ports,
  observers: Observers | undefined,
): Work<ObservedPorts> {
  const observed = yield* observeEach(previous?.observed, claims, observers);
  return { observed, claims: yield* union(previous?.claims, observed.output, claims) };
}

const observeEach = mapGiven(
  (claim: PortClaim, _: ListenerName, observers: Observers): PortClaim => ({
    ...claim,
    http: { ...claim.http, ...observers },
  }),
);
