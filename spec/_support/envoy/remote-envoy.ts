import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ExecutionContext } from 'ava';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import { envoyAdmin } from '../../../src/edge/envoy/envoy-admin.ts';
import { findEnvoy } from '../../../src/edge/envoy/find-envoy.ts';
import { headgate } from '../process/headgate.ts';
import { tempDir } from '../process/temp-dir.ts';
import { eventually } from './supervised-envoy.ts';

/** An Envoy that nobody supervises, started from what `headgate bootstrap` writes. */
export const startRemoteEnvoy = async (
  t: ExecutionContext,
  adsPort: number,
  options: readonly string[],
) => {
  const folder = await tempDir(t);
  const admin = join(folder, 'admin.sock');
  const { code, stderr } = await headgate([
    ...['bootstrap', '--ads-address', `127.0.0.1:${adsPort}`, '--output', folder],
    ...['--envoy-admin', `unix:${admin}`, '--node-id', 'edge-1', ...options],
  ]);
  if (code !== 0) throw new Error(stderr);
  const { path } = await findEnvoy({
    asked: process.env['HEADGATE_ENVOY'],
    cacheFolder: cacheFolder({ env: process.env }),
    env: process.env,
    progress: () => undefined,
  });
  const log = join(folder, 'envoy.log');
  const child = spawn(
    path,
    [
      ...['--config-path', join(folder, 'bootstrap.json'), '--disable-hot-restart'],
      ...['--concurrency', '1', '--log-path', log],
    ],
    { stdio: 'ignore' },
  );
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  t.teardown(() => {
    process.off('exit', kill);
    kill();
  });
  const answering = envoyAdmin({ _tag: 'Unix', path: admin }, 60_000);
  await eventually(
    'Envoy answers',
    async () =>
      await answering.serverInfo().then(
        () => true,
        () => false,
      ),
  );
  return {
    admin: answering,
    log: () => readFileSync(log, 'utf8'),
  };
};
