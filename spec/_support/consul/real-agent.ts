import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { freePort } from '../process/free-port.ts';
import { serverProcess } from '../test-cluster/server-process.ts';
import { testBinary } from '../test-cluster/test-binaries.ts';
import type { AConsul } from './a-consul.ts';

/**
 * A real agent of Consul, which is a server too and keeps nothing (`-dev`), on loopback alone. The program is built
 * from the Go module in this folder if it is missing, which takes many minutes.
 */
export const startRealAgent = async (): Promise<AConsul> => {
  const folder = mkdtempSync(join(tmpdir(), 'headgate-consul-'));
  const port = await freePort();
  const ports = { http: port, server: await freePort(), serf_lan: await freePort() };
  const configuration = {
    ...{ datacenter: 'dc1', node_name: 'spec', log_level: 'warn' },
    ...{ bind_addr: '127.0.0.1', client_addr: '127.0.0.1' },
    // Neither is any other port open, nor is anybody asked for a newer version.
    ports: { ...ports, dns: -1, grpc: -1, grpc_tls: -1, serf_wan: -1 },
    ...{ disable_update_check: true, disable_remote_exec: true },
  };
  const file = join(folder, 'agent.json');
  writeFileSync(file, JSON.stringify(configuration));
  const address = `127.0.0.1:${port}`;
  const agent = serverProcess({
    name: 'consul',
    program: await testBinary('consul', (line) => process.stderr.write(`${line}\n`)),
    args: ['agent', '-dev', `-config-file=${file}`],
    logFile: join(folder, 'agent.log'),
    isReady: async () =>
      (await (await fetch(`http://${address}/v1/status/leader`)).text()) !== '""',
    changed: () => undefined,
  });
  await agent.start();
  return {
    ...{ address, datacenter: 'dc1', kill: agent.kill },
    restart: async () => {
      await agent.kill();
      await agent.start();
    },
    stop: async () => {
      await agent.kill();
      rmSync(folder, { recursive: true });
    },
  };
};
