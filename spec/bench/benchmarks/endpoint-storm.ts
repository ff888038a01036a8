import { setTimeout } from 'node:timers/promises';

import { ReplaySubject, Subject, tap } from 'rxjs';

import type { PipelineEvent } from '../../../src/journal/batch.ts';
import type { Published } from '../../../src/plane/published.ts';
import { pipeline } from '../../../streams/pipeline.ts';
import { listed } from '../../_support/world/builders.ts';
import type { Benchmark, Row } from '../benchmark.ts';
import { routeChange } from '../change/changes.ts';
import { cluster, scattered, servicesOf, sliceNumber } from '../cluster.ts';
import { figures } from '../figures.ts';
import { withFleet } from '../fleet/fleet.ts';
import { warmRequests } from '../fleet/synthetic-fleet.ts';
import { eventsOf, watchLine } from '../watch-line.ts';
import { propagation } from './propagation.ts';

const envoys = 10;
const perSecond = 5_000;
const routesPerSecond = 100;

/** From the line of a watch with new endpoints to the last acknowledgement, thousands a second. */
export const benchmark: Benchmark = {
  name: 'endpoint-storm',
  what:
    '5,000 lines of a watch a second, each of which is an EndpointSlice that changed, in a cluster of ' +
    'N Mappings with 1,000 Services: from the moment a line is there to the last acknowledgement ' +
    'of load assignments with that change by 10 simulated Envoys, over real gRPC. Once more while ' +
    '100 Mappings a second change their routes.',
  aim: 'p99 50 ms',
  sizes: [1_000, 10_000, 100_000],
  run: async ({ sizes, samples, progress }) => {
    const rows: Row[] = [];
    for (const n of sizes) {
      progress(`${n} Mappings`);
      rows.push(...(await measured(n, Math.min(5, Math.max(1, samples / 20)))));
    }
    return rows;
  },
};

const measured = async (n: number, seconds: number): Promise<readonly Row[]> => {
  const arrived$ = new Subject<readonly PipelineEvent[]>();
  const published$ = new ReplaySubject<Published>(1);
  const spread = propagation(envoys);
  const options = {
    holdoff: { quiet: 2, max: 100 },
    translation: { ambassadorId: 'default', namespace: 'default' },
  };
  const running = arrived$.pipe(pipeline(options), tap(spread.published)).subscribe(published$);
  const first = new Promise<Published>((resolve) => published$.subscribe(resolve));
  arrived$.next(listed(cluster('wildcard Host', n)));
  const { snapshot } = await first;
  try {
    return await withFleet(published$, async (fleet) => {
      const told = fleet.server.telemetry$.subscribe(spread.told);
      await Promise.all([
        fleet.answered(snapshot.seq, envoys),
        fleet.envoys.connect(envoys, warmRequests(snapshot)),
      ]);
      const lines = endpointLines(n);
      let routeTurn = 0;
      const storm = async (duration: number, routes: number): Promise<readonly number[]> => {
        const prepared = Array.from({ length: Math.ceil(perSecond * duration) }, lines);
        await Promise.all([
          onTime(perSecond, duration, (turn, at) => {
            const events = prepared.slice(turn, turn + 1).flatMap(eventsOf);
            for (const event of events) spread.arrived(event, at);
            arrived$.next(events);
          }),
          onTime(routes, duration, () => {
            routeTurn += 1;
            const { type, object } = routeChange.event(n, routeTurn);
            arrived$.next(eventsOf(watchLine(type, object, routeTurn)));
          }),
        ]);
        return await spread.settled();
      };
      await storm(1, routesPerSecond);
      const quiet = figures(await storm(seconds, 0));
      const stormy = figures(await storm(seconds, routesPerSecond));
      told.unsubscribe();
      return [
        { what: 'endpoints', n, unit: 'ms', ...quiet, aim: { p99: 50 } },
        { what: 'endpoints while routes change', n, unit: 'ms', ...stormy, aim: { p99: 50 } },
      ];
    });
  } finally {
    running.unsubscribe();
  }
};

/** Lines of EndpointSlices, each with other addresses than the one of the same name before. */
const endpointLines = (n: number): (() => Buffer) => {
  const services = servicesOf(n);
  let turn = 0;
  return () => {
    turn += 1;
    const slice = sliceNumber(scattered(services, turn), 4 + (Math.floor(turn / services) % 200));
    return watchLine('MODIFIED', slice, turn);
  };
};

/** Does something so often a second, as far as there is time; it is told when it was due. */
const onTime = async (
  rate: number,
  seconds: number,
  act: (turn: number, due: number) => void,
): Promise<void> => {
  const began = performance.now();
  for (let turn = 0; turn < rate * seconds;) {
    const now = performance.now();
    for (; began + (turn / rate) * 1000 <= now && turn < rate * seconds; turn += 1)
      act(turn, began + (turn / rate) * 1000);
    await setTimeout(1);
  }
};
