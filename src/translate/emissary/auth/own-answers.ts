import { get, type Collection } from '../../../collection/collection.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import type { Route } from '../../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { authFilter, unasked } from './auth-filter.ts';

/** The virtual hosts in which the answers of the gateway itself need no leave. */
export type OwnAnswers = Mapped<VirtualHostKey, VirtualHost, VirtualHost>;

/**
 * Nobody is asked about redirects and other answers of the gateway itself: nothing is behind them. As long as
 * nobody is asked about anything, there is nothing to do.
 */
export function* ownAnswers(
  previous: OwnAnswers | undefined,
  hosts: Collection<VirtualHostKey, VirtualHost>,
  filters: Collection<FilterName, HttpFilter>,
): Work<OwnAnswers | undefined> {
  if (get(filters, authFilter)?._tag === 'Idle') return undefined;
  return yield* answerEach(previous, hosts);
}

const answerEach = mapEach((host: VirtualHost, _: VirtualHostKey) =>
  host.routes.some(isOwn) ? { ...host, routes: host.routes.map(answered) } : host,
);

const isOwn = ({ action }: Route): boolean => action._tag !== 'Forward';

const answered = (route: Route): Route =>
  isOwn(route) ? { ...route, filters: [...(route.filters ?? []), unasked] } : route;
