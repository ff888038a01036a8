import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

import { testBinary } from './test-binaries.ts';

/** How a kubectl ended. */
export interface KubectlResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real kubectl with this kubeconfig; `input` is what it reads for `-f -`. */
export const kubectl = async (
  kubeconfig: string,
  args: readonly string[],
  input = '',
): Promise<KubectlResult> => {
  const child = spawn(await testBinary('kubectl'), [`--kubeconfig=${kubeconfig}`, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // A shared discovery cache could be that of an earlier server on this port.
    env: { ...process.env, KUBECACHEDIR: `${kubeconfig}.cache` },
  });
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await ended, stdout, stderr };
};
