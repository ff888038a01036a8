import { writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { changes, type Change } from './changes.ts';
import { cluster, layouts, type Layout } from './cluster.ts';
import { controlPlane, type Cost } from './control-plane.ts';
import { quantile } from './quantile.ts';
import { markdown } from './table.ts';

/** What one change cost at one size of cluster; times in milliseconds. */
export interface Row {
  readonly layout: Layout;
  readonly change: string;
  readonly n: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
  /** Until the first response. */
  readonly first: number;
  readonly bytes: number;
}

/** What a whole cluster cost. */
export interface Start {
  readonly layout: Layout;
  readonly n: number;
  readonly cold: number;
  readonly bytes: number;
  /** Bytes of heap, and of buffers beside it, that a Mapping takes. */
  readonly heap: number;
  readonly external: number;
}

/** One run of the benchmark. */
export interface Results {
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly samples: number;
  readonly rows: readonly Row[];
  readonly starts: readonly Start[];
}

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    samples: { type: 'string', default: '200' },
    sizes: { type: 'string', default: '100,1000,10000' },
  },
});

const samples = Number(flags.samples);
const sizes = flags.sizes.split(',').map(Number);
/** Turns that are not counted, after the run that warms the code up. */
const warmUp = 20;
const [only] = positionals;
const picked = changes.filter(({ name }) => only === undefined || name === only);
if (picked.length === 0)
  throw new Error(`expected one of ${changes.map(({ name }) => name).join(', ')}`);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const used = () => {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heapUsed, arrayBuffers };
};

const measure = (layout: Layout, n: number): { start: Start; rows: readonly Row[] } => {
  const objects = cluster(layout, n);
  const before = used();
  const plane = controlPlane(objects);
  const after = used();
  const start = {
    layout,
    n,
    cold: plane.cold.all,
    bytes: plane.cold.bytes,
    heap: Math.round((after.heapUsed - before.heapUsed) / n),
    external: Math.round((after.arrayBuffers - before.arrayBuffers) / n),
  };
  return { start, rows: picked.map((change) => row(layout, n, change, plane.happen)) };
};

const row = (
  layout: Layout,
  n: number,
  change: Change,
  happen: (event: ReturnType<Change['event']>) => Cost,
): Row => {
  const costs = Array.from({ length: warmUp + samples }, (_, turn) => {
    const cost = happen(change.event(n, turn));
    if (change.undo !== undefined) happen(change.undo(n, turn));
    return cost;
  }).slice(warmUp);
  const times = costs.map(({ all }) => all);
  const [p50, p99, max] = [0.5, 0.99, 1].map((share) => quantile(times, share));
  const first = quantile(
    costs.map((cost) => cost.first),
    0.5,
  );
  const bytes = quantile(
    costs.map((cost) => cost.bytes),
    0.5,
  );
  collectGarbage();
  return {
    layout,
    change: change.name,
    n,
    p50: p50 ?? 0,
    p99: p99 ?? 0,
    max: max ?? 0,
    first,
    bytes,
  };
};

// The first cluster warms the code up and is not reported.
for (const layout of layouts) {
  measure(layout, 100);
  measure(layout, 100);
}

const runs = layouts.flatMap((layout) => sizes.map((n) => measure(layout, n)));
const results: Results = {
  node: process.version,
  cores: availableParallelism(),
  processor: cpus()[0]?.model ?? 'unknown',
  samples,
  rows: runs.flatMap(({ rows }) => rows),
  starts: runs.map(({ start }) => start),
};

if (flags.json) console.log(JSON.stringify(results, null, 2));
else console.log(markdown(results));
if (flags.save) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), markdown(results));
