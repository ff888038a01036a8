import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import test from 'ava';

import { ask } from '../../_support/envoy/ask.ts';
import { eventually } from '../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../_support/process/free-port.ts';
import { aPlace } from '../../_support/process/headgate-process.ts';
import { startHeadgate } from '../../_support/process/headgate.ts';
import { host, listener } from '../../_support/world/routing-manifests.ts';

test('where Envoy cannot open our standard output, what it writes there is passed on', async (t) => {
  t.timeout(300_000);
  const [place, port] = [aPlace(t), await freePort()];
  writeFileSync(join(place.manifests, 'all.yaml'), listener('http', port) + host('*', ''));
  /** Node.js gives it a socket. */
  const start = () => {
    const child = startHeadgate([
      ...['run', '--config-dir', place.manifests, '--state-dir', place.state],
      ...['--admin-address', '127.0.0.1:0', '--envoy-concurrency', '1', '--drain-time', '0'],
    ]);
    t.teardown(() => child.kill('SIGKILL'));
    let [output, log] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    return { child, output: () => output, log: () => log };
  };
  const isWritten = async (
    { output, log }: ReturnType<typeof start>,
    path: string,
  ): Promise<void> => {
    await eventually('Envoy serves', () => log().includes('ready: Envoy has accepted'));
    await ask({ port, path });
    await eventually(`${path} is written`, () => output().includes(`"path":"${path}"`));
  };

  const first = start();
  await isWritten(first, '/one');
  const envoy = place.envoy();
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = start();
  await isWritten(second, '/two');
  t.is(place.envoy(), envoy, 'it was taken over');
  t.false(second.output().includes('/one'), 'what was written before is not written again');

  second.child.stdout.destroy();
  await ask({ port, path: '/three' });
  await eventually('nobody reads, and it serves on', async () => {
    const { status } = await ask({ port, path: '/four' });
    return status === 404 && second.child.exitCode === null;
  });
  second.child.kill('SIGTERM');
  await once(second.child, 'exit');
  t.is(second.child.exitCode, 0);
});
