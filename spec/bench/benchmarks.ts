import type { Benchmark } from './benchmark.ts';

/** The names of all benchmarks, in the order in which `npm run bench` runs them. */
export const benchmarkNames = [
  'change',
  'bytes',
  'replay',
  'request-path',
  'filters',
  'endpoint-storm',
  'fan-out',
  'reconnect',
  'cold-start',
  'memory',
  'apply',
  'apply-under-churn',
  'tls-host',
  'envoy-stats',
  'observed',
] as const;

/** Those that need a real API server, and are run only when they are asked for. */
export const namesOnDemand = [
  'in-cluster-apply',
  'in-cluster-idle',
  'in-cluster-statuses',
] as const;

/** Loads one benchmark and nothing of the others; each is the export `benchmark` of its file. */
export const loadBenchmark = async (name: string): Promise<Benchmark> => {
  const { benchmark } = (await import(`./benchmarks/${name}.ts`)) as {
    readonly benchmark: Benchmark;
  };
  return benchmark;
};
