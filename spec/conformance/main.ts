import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { cacheFolder } from '../../src/edge/envoy/cache-folder.ts';
import { findEnvoy } from '../../src/edge/envoy/find-envoy.ts';
import { upstreamDefinitions } from '../_support/gateway-api/upstream-definitions.ts';
import { testBinary, type TestBinary } from '../_support/test-cluster/test-binaries.ts';
import { readOptions, usage } from './options.ts';
import { gatewayAddresses } from './world.ts';

/**
 * Runs the Gateway API's own conformance suite, unchanged, against `headgate run` on a real API server.
 *
 * This program fetches and builds what is missing, and then runs `run.ts` in a network and a process
 * namespace of their own: nothing that it starts is left when it ends, for whatever reason.
 */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const args = process.argv.slice(2);
if (args.includes('--help')) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
const options = readOptions(args);

const programs: readonly TestBinary[] = [
  ...(['etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager'] as const),
  ...(['helm', 'echo-basic', 'conformance.test'] as const),
];
for (const name of programs) await testBinary(name, say);
await upstreamDefinitions(options.channel, say);
const { env } = process;
const asked = env['HEADGATE_ENVOY'];
await findEnvoy({ asked, cacheFolder: cacheFolder({ env }), env, progress: say });

const network = `ip link set lo up && ip route add local ${gatewayAddresses} dev lo && exec "$0" "$@"`;
const child = spawn(
  'unshare',
  [
    ...['--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'],
    ...['sh', '-c', network, process.execPath, join(import.meta.dirname, 'run.ts'), ...args],
  ],
  // Ctrl-C reaches this program alone: what runs inside ends in an order.
  { stdio: ['pipe', 'inherit', 'inherit'], detached: true },
);
child.once('error', (error) => say(`cannot run unshare of util-linux: ${error.message}`));
// The program inside ends when its input does.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.stdin.end());
const [code] = (await once(child, 'close')) as [number | null];
process.exitCode = code ?? 1;
