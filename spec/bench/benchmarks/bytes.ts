import type { Benchmark, Row } from '../benchmark.ts';
import { routeChange } from '../change/changes.ts';
import { cluster, layouts } from '../cluster.ts';
import { controlPlane } from '../control-plane.ts';
import { figures } from '../figures.ts';
import { watchLine } from '../watch-line.ts';

/** What goes over the wire when one route changes. */
export const benchmark: Benchmark = {
  name: 'bytes',
  what:
    'The bytes of all responses that one Envoy is sent when one Mapping of N changes, before HTTP/2 ' +
    'frames and gRPC prefixes (14 bytes a response) are put around them.',
  aim: '8 KiB',
  sizes: [1_000, 10_000, 100_000],
  run: async ({ sizes, samples, progress }) =>
    layouts.flatMap((layout) =>
      sizes.map((n): Row => {
        progress(`${layout}, ${n}`);
        const { happen } = controlPlane(cluster(layout, n));
        const costs = Array.from({ length: Math.min(samples, 100) }, (_, turn) => {
          const { type, object } = routeChange.event(n, turn);
          return happen(watchLine(type, object, turn + 2));
        });
        const sent = new Set(costs.flatMap(({ resources }) => [...resources.keys()]));
        return {
          what: `a Mapping changes, ${layout}`,
          n,
          unit: 'bytes',
          ...figures(costs.map(({ bytes }) => bytes)),
          aim: { p50: 8192 },
          note: [...sent].map((typeUrl) => typeUrl.split('.').at(-1)).join(', '),
        };
      }),
    ),
};
