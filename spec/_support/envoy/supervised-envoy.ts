import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import type { EnvoyOptions } from '../../../src/edge/envoy/envoy-command.ts';
import { findEnvoy, type EnvoyBinary } from '../../../src/edge/envoy/find-envoy.ts';
import { openStateFolder } from '../../../src/edge/file/state-folder.ts';
import { identify, signal, startedWith } from '../../../src/edge/process/process-identity.ts';

/** A folder for one spec; `remove` ends every Envoy that still runs on it. */
export const aStateFolder = () => {
  const path = mkdtempSync(join(tmpdir(), 'headgate-spec-'));
  const state = openStateFolder({ chosen: path, input: path, env: {} });
  return {
    state,
    envoys: () => startedWith([state.bootstrap]),
    remove: () => {
      for (const identity of startedWith([state.bootstrap])) signal(identity, 'SIGKILL');
      rmSync(path, { recursive: true, force: true });
    },
  };
};

/** An Envoy that answers every request on `port` with 200 and this text, without a control plane. */
export const envoyAnswering = async (
  state: EnvoyOptions['state'] & { readonly adminSocket: string; readonly adsSocket: string },
  port: number,
  text = 'hello',
  route: unknown = { direct_response: { status: 200, body: { inline_string: text } } },
): Promise<EnvoyOptions> => ({
  binary: await realEnvoy(),
  state,
  admin: { _tag: 'Unix', path: state.adminSocket },
  ads: { _tag: 'Unix', path: state.adsSocket },
  env: process.env,
  logLevel: 'warning',
  concurrency: 1,
  drain: { atLeast: 0, atMost: 300_000 },
  bootstrap: {
    admin: { address: { pipe: { path: state.adminSocket, mode: 0o600 } } },
    static_resources: { listeners: [listener(port, route)] },
  },
});

/**
 * Waits until a condition holds. The limit is only for failures, because the machine may be busy.
 */
export const eventually = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 90,
) => {
  const end = performance.now() + seconds * 1000;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`expected within ${seconds} seconds: ${what}`);
    await new Promise((resolve) => void setTimeout(resolve, 10));
  }
};

/** Whether any process has this number. */
export const runs = (pid: number): boolean => identify(pid) !== undefined;

let found: Promise<EnvoyBinary> | undefined;

/** The Envoy that specs run, looked for once in each process. */
export const realEnvoy = async (): Promise<EnvoyBinary> =>
  await (found ??= findEnvoy({
    asked: process.env['HEADGATE_ENVOY'],
    cacheFolder: cacheFolder({ env: process.env }),
    env: process.env,
    progress: () => undefined,
  }));

const type = 'type.googleapis.com/envoy.extensions.filters';

const listener = (port: number, route: unknown) => ({
  name: 'web',
  address: { socket_address: { address: '127.0.0.1', port_value: port } },
  filter_chains: [
    {
      filters: [
        {
          name: 'http',
          typed_config: {
            '@type': `${type}.network.http_connection_manager.v3.HttpConnectionManager`,
            stat_prefix: 'web',
            route_config: {
              virtual_hosts: [
                {
                  name: 'all',
                  domains: ['*'],
                  routes: [{ match: { prefix: '/' }, ...(route as object) }],
                },
              ],
            },
            http_filters: [
              { name: 'router', typed_config: { '@type': `${type}.http.router.v3.Router` } },
            ],
          },
        },
      ],
    },
  ],
});
