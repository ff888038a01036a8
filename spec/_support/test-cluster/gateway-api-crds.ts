import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { cacheFolder } from '../../../src/edge/envoy/cache-folder.ts';
import { runGo } from '../process/run-go.ts';
import { versionOf } from './test-binaries.ts';

/** A release channel of the Gateway API, which has its own definitions. */
export type GatewayApiChannel = 'standard' | 'experimental';

/**
 * The folder with the definitions of the Gateway API as its Go module has them; it is in the cache,
 * where Go puts it once.
 */
export const gatewayApiCrds = async (channel: GatewayApiChannel): Promise<string> => {
  const name = `gateway-api-${channel}-${version}`;
  const cached = join(cacheFolder({ env: process.env }), 'test-cluster', name);
  if (existsSync(cached)) return cached;
  const args = ['-C', folder, 'mod', 'download', '-json', module];
  const task = 'fetch the definitions of the Gateway API';
  const output = await runGo({ args, env: { GOTOOLCHAIN: 'auto' }, task, advice });
  const fetched = JSON.parse(output) as { readonly Dir: string };
  const from = join(fetched.Dir, 'config', 'crd', channel);
  const part = `${cached}.${process.pid}`;
  await mkdir(part, { recursive: true });
  for (const file of await readdir(from)) await copyFile(join(from, file), join(part, file));
  await rename(part, cached).catch(async () => await rm(part, { recursive: true }));
  return cached;
};

const module = 'sigs.k8s.io/gateway-api';

const folder = join(import.meta.dirname, '..', 'conformance');

const version = versionOf({ folder, module });

const advice = 'Install Go 1.26 or newer';
