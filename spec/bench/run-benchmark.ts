import { loadBenchmark } from './benchmarks.ts';

/** A program that runs one benchmark and sends its rows to the process that started it. */
const [name = '', settings = '{}'] = process.argv.slice(2);
const { sizes, samples } = JSON.parse(settings) as {
  readonly sizes?: readonly number[];
  readonly samples: number;
};

const benchmark = await loadBenchmark(name);
const began = performance.now();
const progress = (line: string): void => {
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  process.stderr.write(`${name} ${seconds} s: ${line}\n`);
};
const rows = await benchmark.run({ sizes: sizes ?? benchmark.sizes, samples, progress });
const seconds = (performance.now() - began) / 1000;
process.send?.({ rows, seconds }, () => process.exit());
