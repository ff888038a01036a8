import type { Collection } from '../../../collection/collection.ts';
import { equal } from '../../../collection/equal.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { HttpOptions } from '../../../ir/http-options.ts';
import type { ListenerName } from '../../../ir/listener.ts';
import type { PortClaim } from '../../contribution/contribution.ts';

/** What is told of the requests of all HTTP listeners, and to whom. */
export type Observers = Pick<HttpOptions, 'logServices' | 'tracing'>;

/** The claims of Listeners to their ports, with what is told of their requests. */
export interface ObservedPorts {
  readonly observers: Observers;
  readonly claims: Mapped<ListenerName, PortClaim, PortClaim>;
}

/** Has each port observed. Without observers each claim stays as it is. */
export function* observedPorts(
  previous: ObservedPorts | undefined,
  claims: Collection<ListenerName, PortClaim>,
  observers: Observers,
): Work<ObservedPorts> {
  const isObserved = Object.keys(observers).length > 0;
  const observe = mapEach((claim: PortClaim, _: ListenerName) =>
    isObserved ? { ...claim, http: { ...claim.http, ...observers } } : claim,
  );
  const before = equal(previous?.observers, observers) ? previous : undefined;
  return {
    observers: before?.observers ?? observers,
    claims: yield* observe(before?.claims, claims),
  };
}
