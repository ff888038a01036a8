import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import type { ExecutionContext } from 'ava';

import type { RouteConfiguration } from '../../../proto/envoy.ts';
import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import { findEnvoy } from '../../../src/edge/envoy/find-envoy.ts';
import { bootstrapJson } from '../../../src/xds/bootstrap/bootstrap-json.ts';
import { staticRuntime } from '../../../src/xds/bootstrap/layered-runtime.ts';
import { httpConnectionManager } from '../../../src/xds/listener/http-connection-manager.ts';
import { any, decode } from '../../../src/xds/message/encode.ts';
import { freePort } from '../process/free-port.ts';
import { tempDir } from '../process/temp-dir.ts';
import { eventually } from './supervised-envoy.ts';

/**
 * An Envoy with one worker that has one listener and this table, and no control plane; with these
 * fields in its bootstrap in place of ours.
 */
export const startStaticEnvoy = async (
  t: ExecutionContext,
  table: RouteConfiguration,
  fields: { readonly layered_runtime?: object } = {},
): Promise<StaticEnvoy> =>
  await startEnvoyOn(t, (port) => ({ ...bootstrap(port, table), ...fields }));

/** Where an Envoy without a control plane listens, and its process. */
export interface StaticEnvoy {
  readonly port: number;
  readonly pid: number;
}

/** An Envoy with one worker and this bootstrap, which listens on the port. */
export const startEnvoyOn = async (
  t: ExecutionContext,
  bootstrapOn: (port: number) => unknown,
): Promise<StaticEnvoy> => {
  const { path: envoy } = await findEnvoy({
    asked: process.env['HEADGATE_ENVOY'],
    cacheFolder: cacheFolder({ env: process.env }),
    env: process.env,
    progress: () => undefined,
  });
  const port = await freePort();
  const config = join(await tempDir(t), 'envoy.json');
  await writeFile(config, JSON.stringify(bootstrapOn(port)));
  const child = spawn(
    envoy,
    [
      '--config-path',
      config,
      '--concurrency',
      '1',
      '--disable-hot-restart',
      '--log-level',
      'error',
    ],
    { stdio: ['ignore', 'inherit', 'inherit'] },
  );
  const ended = once(child, 'exit');
  t.teardown(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  await eventually('Envoy listens', async () => {
    if (child.exitCode !== null) throw new Error(`Envoy ended with ${child.exitCode}`);
    return await accepts(port);
  });
  return { port, pid: child.pid ?? 0 };
};

const accepts = async (port: number): Promise<boolean> => {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const managerName =
  'envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager';

const bootstrap = (port: number, table: RouteConfiguration): object => {
  const filter = httpConnectionManager(
    { statPrefix: 'web', trustedHops: 0 },
    { table: 'web', scoped: false },
    [],
    [],
  );
  const {
    rds: _,
    scoped_routes: __,
    ...manager
  } = decode(managerName, filter.typed_config?.value ?? new Uint8Array());
  const address = { socket_address: { address: '127.0.0.1', port_value: port } };
  const typed_config = any(managerName, { ...manager, route_config: table });
  return bootstrapJson({
    layered_runtime: staticRuntime(undefined),
    static_resources: {
      listeners: [
        { name: 'web', address, filter_chains: [{ filters: [{ name: 'http', typed_config }] }] },
      ],
    },
  });
};
