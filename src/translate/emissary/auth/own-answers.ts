import { get, type Collection } from '../../../collection/collection.ts';
import { mapGiven, type MappedGiven } from '../../../collection/operator/map-given.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { FilterUse, HttpFilter } from '../../../ir/filter/filter.ts';
import type { Route } from '../../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { authFilter, unasked } from './auth-filter.ts';

/** The virtual hosts in which the answers of the gateway itself need no leave. */
export interface OwnAnswers {
  readonly answering: MappedGiven<VirtualHostKey, VirtualHost, FilterUse, VirtualHost>;
  readonly all: United<VirtualHostKey, VirtualHost>;
}

/**
 * Nobody is asked about redirects and other answers of the gateway itself: nothing is behind them. As long as
 * nobody is asked about anything, these steps cost nothing.
 */
export function* ownAnswers(
  previous: OwnAnswers | undefined,
  hosts: Collection<VirtualHostKey, VirtualHost>,
  filters: Collection<FilterName, HttpFilter>,
): Work<OwnAnswers> {
  const isAsked = get(filters, authFilter)?._tag !== 'Idle';
  const answering = yield* answerEach(previous?.answering, hosts, isAsked ? unasked : undefined);
  return { answering, all: yield* union(previous?.all, answering.output, hosts) };
}

const answerEach = mapGiven(
  (host: VirtualHost, _: VirtualHostKey, use: FilterUse): VirtualHost | undefined =>
    host.routes.some(isOwn)
      ? { ...host, routes: host.routes.map((route) => answered(route, use)) }
      : undefined,
);

const isOwn = ({ action }: Route): boolean => action._tag !== 'Forward';

const answered = (route: Route, use: FilterUse): Route =>
  isOwn(route) ? { ...route, filters: [...(route.filters ?? []), use] } : route;
