import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { testBinary } from '../_support/test-cluster/test-binaries.ts';
import type { ConformanceOptions } from './options.ts';
import { resultReader, type TestResult } from './results.ts';

/** What the suite is run with. */
export interface SuiteOptions extends ConformanceOptions {
  readonly kubeconfig: string;
  /** The folder of its log and its report. */
  readonly folder: string;
  readonly gatewayClass: string;
  readonly usableAddress: string;
  readonly unusableAddress: string;
  /** The version of Headgate. */
  readonly version: string;
  readonly onResult: (result: TestResult) => void;
}

/** A run of the suite. */
export interface Suite {
  /** Its exit code, which is 0 if no test failed. */
  readonly ended: Promise<number | null>;
  readonly kill: () => void;
}

/** The file of the report in the folder of a run. */
export const reportFile = 'report.yaml';

/** Runs the Gateway API's conformance suite, which is a test of Go that was built before. */
export const startSuite = async (options: SuiteOptions): Promise<Suite> => {
  const child = spawn(await testBinary('conformance.test'), flagsOf(options), {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, KUBECONFIG: options.kubeconfig },
  });
  const log = createWriteStream(join(options.folder, 'suite.log'));
  const reader = resultReader();
  for (const input of [child.stdout, child.stderr])
    createInterface({ input }).on('line', (line) => {
      log.write(`${line}\n`);
      const result = reader.line(line);
      if (result !== undefined) options.onResult(result);
    });
  return {
    ended: once(child, 'close').then(([code]) => {
      log.end();
      return code as number | null;
    }),
    kill: () => void child.kill('SIGKILL'),
  };
};

const flagsOf = (options: SuiteOptions): readonly string[] => [
  options.tests.length === 0
    ? '-test.run=^TestConformance$'
    : `-test.run=^TestConformance$/^(${options.tests.join('|')})$`,
  ...['-test.v=test2json', '-test.timeout=30m', '-test.parallel=4'],
  `--gateway-class=${options.gatewayClass}`,
  `--conformance-profiles=${options.profiles.join(',')}`,
  ...(options.features.length === 0 ? [] : [`--supported-features=${options.features.join(',')}`]),
  `--usable-address=${options.usableAddress}`,
  `--unusable-address=${options.unusableAddress}`,
  ...(options.keep ? ['--cleanup-base-resources=false', '--cleanup-test-resources=false'] : []),
  ...(options.tests.length === 0
    ? [
        `--report-output=${join(options.folder, reportFile)}`,
        ...['--organization=headgate', '--project=headgate', `--version=v${options.version}`],
        ...['--url=https://headgate.io', '--contact=https://headgate.io'],
      ]
    : []),
];
