import { cacheFolder } from '../../src/edge/envoy/cache-folder.ts';
import { findEnvoy } from '../../src/edge/envoy/find-envoy.ts';
import { envoyDescriptors } from './envoy-api/envoy-descriptors.ts';
import { upstreamDefinitions } from './gateway-api/upstream-definitions.ts';
import { readyBinary, testBinary, type TestBinary } from './test-cluster/test-binaries.ts';

/**
 * A program that fetches and builds what the specs need, before they run: specs in a network of
 * their own could not do so.
 *
 * It does not fail. The specs that need something missing fail, with the same message.
 */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const names: readonly TestBinary[] = [
  'etcd',
  'kube-apiserver',
  'kubectl',
  'helm',
  'promtool',
  'http3-client',
];

const isMissing = (name: TestBinary): boolean => readyBinary(name) === undefined;

const { env } = process;
const steps = [
  async () =>
    await findEnvoy({
      asked: env['HEADGATE_ENVOY'],
      cacheFolder: cacheFolder({ env }),
      env,
      progress: say,
    }),
  async () => await envoyDescriptors(say),
  async () => await upstreamDefinitions('standard', say),
  ...names.filter(isMissing).map((name) => async () => await testBinary(name, say)),
];
for (const step of steps)
  await step().catch((error: unknown) =>
    say(error instanceof Error ? error.message : String(error)),
  );
