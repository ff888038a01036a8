import type { Aim, Benchmark, Row } from '../benchmark.ts';
import {
  addToSharedService,
  changes,
  mappingOfSharedService,
  type Change,
} from '../change/changes.ts';
import { cluster, layouts, type Layout } from '../cluster.ts';
import { collectGarbage } from '../collect-garbage.ts';
import { controlPlane, type ControlPlane } from '../control-plane.ts';
import { gatewayChanges, gatewayCluster } from '../gateway-cluster.ts';
import { figures } from '../figures.ts';
import { watchLine } from '../watch-line.ts';

const aim: Aim = { p50: 0.5, p99: 3 };

/** Turns that are not counted, after the runs that warm the code up. */
const warmUp = 20;

/** From the bytes of an event to the bytes of all that follows from it. */
export const benchmark: Benchmark = {
  name: 'change',
  what:
    'From the bytes of one watch event to the last byte of xDS that follows from it: parsing, ' +
    'decoding, store, translation, snapshot, conversation, encoding. One process; the answers of ' +
    'the simulated Envoy are not counted. N Mappings, or HTTPRoutes of one Gateway, each ' +
    'with a hostname of its own; 1,000 Services with three endpoints each.',
  aim: 'p50 0.5 ms, p99 3 ms; 100,000 within 2× of 1,000',
  sizes: [1_000, 10_000, 100_000],
  run: async ({ sizes, samples, progress }) => {
    for (const layout of layouts) for (let turn = 0; turn < 2; turn += 1) measured(layout, 100, 50);
    const rows = layouts.flatMap((layout) =>
      sizes.flatMap((n) => {
        progress(`${layout}, ${n}`);
        return measured(layout, n, samples);
      }),
    );
    const ofOneService = sizes.map((n) => {
      progress(`one Service, ${n}`);
      const plane = controlPlane(cluster('wildcard Host', n, { mapping: mappingOfSharedService }));
      return row('one Service for all', n, addToSharedService, plane, samples);
    });
    const ofOneGateway = sizes.flatMap((n) => {
      progress(`one Gateway, ${n}`);
      const plane = controlPlane(gatewayCluster(n));
      return gatewayChanges.map((change) => row('one Gateway', n, change, plane, samples));
    });
    return [...rows, ...ofOneService, ...ofOneGateway];
  },
};

const measured = (layout: Layout, n: number, samples: number): readonly Row[] => {
  const plane = controlPlane(cluster(layout, n));
  return changes.map((change) => row(layout, n, change, plane, samples));
};

const row = (
  layout: Layout | 'one Service for all' | 'one Gateway',
  n: number,
  change: Change,
  { happen }: ControlPlane,
  samples: number,
): Row => {
  collectGarbage();
  const costs = Array.from({ length: warmUp + samples }, (_, turn) => {
    const { type, object } = change.event(n, turn);
    const cost = happen(watchLine(type, object, turn + 2));
    const undo = change.undo?.(n, turn);
    if (undo !== undefined) happen(watchLine(undo.type, undo.object, turn + 3));
    return cost;
  }).slice(warmUp);
  return {
    what: `${change.name}, ${layout}`,
    n,
    unit: 'ms',
    ...figures(costs.map(({ all }) => all)),
    aim,
    note: processorNote(costs.map(({ processor }) => processor)),
  };
};

/** What a busy machine adds is not in the mean, and of a mean the kernel counts finely enough. */
const processorNote = (times: readonly number[]): string => {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return `processor time ${mean.toFixed(2)} ms on average`;
};
