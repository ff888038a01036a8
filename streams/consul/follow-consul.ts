import {
  asyncScheduler,
  defer,
  distinctUntilChanged,
  filter,
  finalize,
  groupBy,
  map,
  mergeMap,
  of,
  scan,
  shareReplay,
  switchMap,
  type Observable,
  type OperatorFunction,
  type SchedulerLike,
} from 'rxjs';

import { empty } from '../../src/collection/collection.ts';
import { diff } from '../../src/collection/diff.ts';
import { equal } from '../../src/collection/equal.ts';
import { consulEvents, reported, type ToldOfService } from '../../src/consul/consul-events.ts';
import type { FollowedService } from '../../src/consul/followed-service.ts';
import {
  isConsulService,
  type ConsulQuery,
  type ConsulServiceName,
} from '../../src/ir/endpoints.ts';
import type { Ir } from '../../src/ir/ir.ts';
import type { ConsulEvent, Reported } from '../../src/kube/kube-event.ts';
import { followService, type FollowOptions } from './follow-service.ts';

/** What the pipe is told. */
type Told = readonly (ConsulEvent | Reported)[];

/**
 * Follows what is asked for in what is published, and says what Consul answers.
 *
 *     endpoints   -a----b-----c--      a asks for one service, b elsewhere, c for none
 *     asked        [1---[2----]
 *     result      ---x-----y--f--      f: it is forgotten
 *
 * Of names that ask the same, one question is under way. When a name asks elsewhere, what was said stays until
 * there is an answer. Completion and errors of the source pass; Consul has neither.
 */
export const followConsul =
  (
    options: FollowOptions,
    scheduler: SchedulerLike = asyncScheduler,
  ): OperatorFunction<Ir['endpoints'], Told> =>
  (endpoints$) =>
    defer(() => {
      const shared = new Map<string, Observable<FollowedService>>();
      const followed = (query: ConsulQuery): Observable<FollowedService> => {
        const question = JSON.stringify(query);
        const known = shared.get(question);
        if (known !== undefined) return known;
        const begun = defer(() => followService(query, options, scheduler)).pipe(
          finalize(() => shared.delete(question)),
          shareReplay({ bufferSize: 1, refCount: true }),
        );
        shared.set(question, begun);
        return begun;
      };
      return endpoints$.pipe(
        scan(
          (before: Asked, endpoints): Asked => ({
            endpoints,
            changes: changes(before, endpoints),
          }),
          nothingAsked,
        ),
        mergeMap(({ changes }) => changes),
        groupBy(({ service }) => service, { duration: (of$) => of$.pipe(filter(isForgotten)) }),
        mergeMap((ofService$) =>
          ofService$.pipe(
            map(({ query }) => query),
            distinctUntilChanged<ConsulQuery | undefined>(equal),
            switchMap((query) => (query === undefined ? of(undefined) : followed(query))),
            scan(
              ({ told }: Telling, now): Telling => ({
                told: { ...told, ...now, trouble: now?.trouble },
                events: eventsOf(ofService$.key, told, now),
              }),
              { told: {}, events: [] },
            ),
            map(({ events }) => events),
            filter((events) => events.length > 0),
          ),
        ),
      );
    });

interface Asked {
  readonly endpoints: Ir['endpoints'];
  readonly changes: readonly Change[];
}

const nothingAsked: Asked = { endpoints: empty(), changes: [] };

/** A service, and what is asked for it now; nothing if nobody refers to it. */
interface Change {
  readonly service: ConsulServiceName;
  readonly query: ConsulQuery | undefined;
}

const isForgotten = ({ query }: Change): boolean => query === undefined;

interface Telling {
  readonly told: ToldOfService;
  readonly events: Told;
}

const changes = ({ endpoints: before }: Asked, after: Ir['endpoints']): readonly Change[] =>
  diff(before, after).flatMap(({ key, after: now }) =>
    isConsulService(key) ? [{ service: key, query: now?.asked }] : [],
  );

const eventsOf = (
  service: ConsulServiceName,
  before: ToldOfService,
  now: ToldOfService | undefined,
): Told =>
  now === undefined
    ? [
        ...(before.endpoints === undefined ? [] : [{ _tag: 'ConsulForgotten', service } as const]),
        ...(before.trouble === undefined ? [] : [reported(service, undefined)]),
      ]
    : consulEvents(service, before, now);
