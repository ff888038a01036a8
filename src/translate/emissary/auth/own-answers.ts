import { get, type Collection } from '../../../collection/collection.ts';
import { mapEach, type Mapped } from '../../../collection/operator/map-each.ts';
import { union, type United } from '../../../collection/operator/union.ts';
import type { Work } from '../../../collection/work.ts';
import type { FilterName } from '../../../ir/filter/filter-name.ts';
import type { HttpFilter } from '../../../ir/filter/filter.ts';
import type { Route } from '../../../ir/route.ts';
import type { VirtualHost, VirtualHostKey } from '../../../ir/virtual-host.ts';
import { authFilter, unasked } from './auth-filter.ts';

/** The virtual hosts in which the answers of the gateway itself need no leave. */
export interface OwnAnswers {
  /** Whether anybody is asked about anything. */
  readonly isAsked: boolean;
  readonly answering: Mapped<VirtualHostKey, VirtualHost, VirtualHost>;
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
  const answerEach = mapEach((host: VirtualHost, _: VirtualHostKey): VirtualHost | undefined =>
    isAsked && host.routes.some(isOwn) ? { ...host, routes: host.routes.map(answered) } : undefined,
  );
  const before = previous?.isAsked === isAsked ? previous.answering : undefined;
  const answering = yield* answerEach(before, hosts);
  return { isAsked, answering, all: yield* union(previous?.all, answering.output, hosts) };
}

const isOwn = ({ action }: Route): boolean => action._tag !== 'Forward';

const answered = (route: Route): Route =>
  isOwn(route) ? { ...route, filters: [...(route.filters ?? []), unasked] } : route;
