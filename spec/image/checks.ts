import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ask } from '../_support/envoy/ask.ts';
import { showLoad, startLoad } from '../_support/envoy/load.ts';
import { eventually } from '../_support/envoy/supervised-envoy.ts';
import { pidOf } from './container.ts';
import { runsInCluster } from './in-cluster.ts';
import type { World } from './world.ts';

/** What has to hold of the image, in this order and in one container after another. */
export const checks: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'a request goes through Envoy to its back end': async ({ port }) => {
    equal((await ask({ port, path: '/web/a' })).body, 'hello');
  },

  'every process is user 65532, without capabilities and without a way to new ones': async ({
    container,
  }) => {
    const found = container().processes();
    ok(found.length >= 4, found.map(({ command }) => command).join('\n'));
    for (const { command, status } of found) {
      equal(status['Uid'], '65532\t65532\t65532\t65532', command);
      equal(status['Gid'], '65532\t65532\t65532\t65532', command);
      equal(status['CapEff'], '0000000000000000', command);
      equal(status['CapPrm'], '0000000000000000', command);
      equal(status['NoNewPrivs'], '1', command);
    }
  },

  'nothing can be written but /run/headgate': async ({ container }) => {
    const writable = readFileSync(`/proc/${container().init()}/mountinfo`, 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .filter(([, , , , , options = '']) => options.split(',').includes('rw'))
      .map(([, , , , point = '']) => point)
      .filter((point) => !/^\/(?:proc|dev)(?:\/|$)/.test(point));
    deepEqual(writable, ['/run/headgate']);
  },

  'there is no shell in it': async ({ image }) => {
    for (const shell of ['sh', 'bash', 'dash', 'busybox'])
      ok(!existsSync(join(image.root, 'usr', 'bin', shell)), shell);
  },

  'a command in it prints the debug pages': async ({ container }) => {
    deepEqual(JSON.parse(await container().exec('headgate', 'debug', 'problems')), []);
  },

  'when the control plane is killed, the same Envoy goes on and no request fails': async ({
    container,
    port,
    teardown,
  }) => {
    const envoy = pidOf(container(), 'bin/envoy');
    const load = startLoad({ teardown }, [`http://127.0.0.1:${port}/web/a`], { rate: 200 });
    for (let times = 0; times < 3; times++) {
      const before = pidOf(container(), 'headgate.js');
      process.kill(before, 'SIGKILL');
      await eventually('another control plane is ready', async () => {
        const now = pidOf(container(), 'headgate.js');
        return now !== 0 && now !== before && (await container().isReady());
      });
    }
    const report = await load.stop();
    ok(report.sent > 200 && report.failures.length === 0, showLoad(report));
    equal(pidOf(container(), 'bin/envoy'), envoy);
    await eventually('the last one says that it took Envoy over', () =>
      container().lines.some((line) => line.includes('took over the running Envoy')),
    );
  },

  'processes that lost their parent are reaped': async ({ container }) => {
    const envoy = pidOf(container(), 'bin/envoy');
    process.kill(envoy, 'SIGKILL');
    await eventually('another Envoy serves', async () => {
      const now = pidOf(container(), 'bin/envoy');
      return now !== 0 && now !== envoy && (await container().isReady());
    });
    const zombies = container()
      .processes()
      .filter(({ status }) => status['State']?.startsWith('Z'));
    deepEqual(zombies, []);
  },

  'a control plane that crashes again and again is started every five seconds': async ({
    container,
  }) => {
    const envoy = pidOf(container(), 'bin/envoy');
    const before = pidOf(container(), 'headgate.js');
    const killed = performance.now();
    process.kill(before, 'SIGKILL');
    await eventually('another control plane is ready', async () => {
      const now = pidOf(container(), 'headgate.js');
      return now !== 0 && now !== before && (await container().isReady());
    });
    const waited = performance.now() - killed;
    ok(waited >= 5000, `${waited} ms`);
    equal(pidOf(container(), 'bin/envoy'), envoy);
  },

  'a container that replaces a killed one in its Pod serves again': async ({
    container,
    restart,
    port,
  }) => {
    await container().kill();
    await eventually('the container is gone', () => container().processes().length === 0);
    await restart();
    equal((await ask({ port, path: '/web/a' })).body, 'hello');
  },

  'SIGTERM to process 1 lets requests end, then Envoy, then everything': async ({
    container,
    port,
    backEnd,
  }) => {
    notEqual(container().init(), 0);
    const slow = ask({ port, path: '/web/slow' }).catch((error: unknown) => ({
      ...{ status: 0, body: String(error) },
    }));
    await eventually('a slow request is under way', () => backEnd.isAsked());
    process.kill(container().init(), 'SIGTERM');
    await eventually('the end begins', () =>
      container().lines.some((line) => line.includes('SIGTERM: stopping')),
    );
    backEnd.answer();
    const [{ body, status }, code] = await Promise.all([slow, container().exited]);
    deepEqual({ body, status, code }, { body: 'late', status: 200, code: 0 });
    deepEqual(container().processes(), []);
    const said = container().lines.join('\n');
    ok(said.includes('SIGTERM: stopping') && said.includes('Envoy stopped'), said);
  },

  'as the Pod of the chart it reads a real API server, serves and ends': async ({ image }) => {
    await runsInCluster(image);
  },
};
