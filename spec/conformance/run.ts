import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';

import { readOptions } from './options.ts';
import type { TestResult } from './results.ts';
import { saveReport } from './save-report.ts';
import { byReason } from './skipped-tests.ts';
import { startSuite } from './suite.ts';
import { gatewayClass, startWorld } from './world.ts';

/** The run itself: a program that `main.ts` starts in a network of its own. */
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const began = performance.now();
const time = (): string => `${Math.round((performance.now() - began) / 1000)} s`;
const options = readOptions(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'headgate-conformance-'));
const { version } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
) as { readonly version: string };

const endings: (() => unknown)[] = [];
let isEnding = false;
const end = async (code: number): Promise<void> => {
  if (isEnding) return;
  isEnding = true;
  for (const one of endings.toReversed())
    await Promise.resolve()
      .then(one)
      .catch((reason: unknown) => say(String(reason)));
  if (code === 0) rmSync(folder, { recursive: true });
  process.exit(code);
};
const t = { teardown: (one: () => unknown) => void endings.push(one) };
// `main.ts` is gone, or wants an end.
process.stdin.once('end', () => void end(130)).resume();

const mark = { passed: '✔', failed: '✘', skipped: '-' } as const;
const results: TestResult[] = [];
const onResult = (result: TestResult): void => {
  results.push(result);
  if (result.outcome === 'skipped') return;
  say(`  ${mark[result.outcome]} ${result.name} (${result.seconds.toFixed(1)} s)`);
  writeFileSync(join(folder, `${result.name}.log`), result.output.join('\n'));
  if (result.outcome === 'failed') for (const line of excerpt(result.output)) say(line);
};
/** How a failure began and how it ended: where only this output is kept, it must tell enough. */
const excerpt = (lines: readonly string[]): readonly string[] =>
  [...lines.slice(0, 8), ...lines.slice(8).slice(-8)].map(
    (line) => `      ${line.trim().slice(0, 400)}`,
  );
const all = (outcome: TestResult['outcome']): readonly TestResult[] =>
  results.filter((result) => result.outcome === outcome);
/** Says what a whole run passed over and why; gives the number of tests without a reason. */
const tellSkipped = (): number => {
  if (options.tests.length > 0 || options.features.length > 0) return 0;
  const reasons = byReason(all('skipped').map(({ name }) => name));
  for (const [reason = 'expected a reason in skipped-tests.ts', names] of reasons)
    say(`  - ${names.join(' ')}: ${reason}`);
  return reasons.get(undefined)?.length ?? 0;
};
const tell = (count: number, outcome: string): void => {
  if (count > 0) say(`  ${count} test${count === 1 ? '' : 's'} ${outcome}`);
};

try {
  const { kubeconfig } = await startWorld(t, options, folder);
  say(`  the cluster is up (${time()}); the logs are in ${folder}`);
  const suite = await startSuite({
    ...options,
    ...{ kubeconfig, folder, gatewayClass, version, onResult },
    ...{ usableAddress: '10.99.200.1', unusableAddress: '192.0.2.1' },
  });
  t.teardown(suite.kill);
  const code = await suite.ended;
  if (isEnding) await new Promise(() => undefined);
  const untold = tellSkipped();
  tell(all('passed').length, 'passed');
  tell(all('failed').length + untold, 'failed');
  say(`  ${time()} in all`);
  if (results.length === 0) say(readFileSync(join(folder, 'suite.log'), 'utf8'));
  if (code !== 0)
    say(`  the suite ended with ${code}: suite.log, headgate.log and more in ${folder}`);
  if (options.keep) {
    say(`  everything stays until Ctrl-C; the cluster: KUBECONFIG=${kubeconfig}`);
    await new Promise(() => undefined);
  }
  if (options.save && options.tests.length === 0) await saveReport(folder, all('skipped'));
  await end(code === 0 && untold === 0 && all('passed').length > 0 ? 0 : 1);
} catch (error) {
  say(`${inspect(error)}\nthe logs are in ${folder}`);
  await end(1);
}
