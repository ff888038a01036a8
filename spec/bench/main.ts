import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { format, resolveConfig } from 'prettier';

import { benchmarkNames, loadBenchmark, namesOnDemand } from './benchmarks.ts';
import { page, section, type Reported } from './report.ts';
import { saveResults, type Result } from './results.ts';
import { runApart } from './run-apart.ts';

/**
 * `npm run bench` runs all benchmarks, `npm run bench -- NAME …` some. Each has a process of its own,
 * so that none finds the heap of another; one that fails does not stop the others.
 */
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    save: { type: 'boolean', default: false },
    samples: { type: 'string', default: '200' },
    sizes: { type: 'string' },
  },
});
const known: readonly string[] = [...benchmarkNames, ...namesOnDemand];
const unknown = positionals.filter((name) => !known.includes(name));
if (unknown.length > 0)
  throw new Error(`no benchmark ${unknown.join()}; there are ${known.join()}`);

const settings = {
  samples: Number(flags.samples),
  ...(flags.sizes !== undefined && { sizes: flags.sizes.split(',').map(Number) }),
};

const reported = async (results: readonly Result[]): Promise<readonly Reported[]> =>
  await Promise.all(
    results.map(async (result) => ({ benchmark: await loadBenchmark(result.name), result })),
  );

/** What is saved is the last result of each; a run that is broken off has saved what it has. */
const save = async (found: readonly Result[]): Promise<void> => {
  const all = saveResults(found).toSorted((a, b) => known.indexOf(a.name) - known.indexOf(b.name));
  const path = join(import.meta.dirname, 'RESULTS.md');
  const options = await resolveConfig(path);
  writeFileSync(path, await format(page(await reported(all)), { ...options, filepath: path }));
};

const results: Result[] = [];
for (const name of positionals.length === 0 ? benchmarkNames : positionals) {
  const found = await runApart(name, settings);
  if (found.length === 0) process.exitCode = 1;
  results.push(...found);
  if (!flags.json) for (const one of await reported(found)) console.log(`${section(one)}\n`);
  if (flags.save && found.length > 0) await save(found);
}
if (flags.json) console.log(JSON.stringify(results, undefined, 2));
