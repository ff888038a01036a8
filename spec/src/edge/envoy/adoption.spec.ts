import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { endEnvoy } from '../../../../src/edge/envoy/end-envoy.ts';
import { envoyAdmin } from '../../../../src/edge/envoy/envoy-admin.ts';
import type { EnvoyOptions } from '../../../../src/edge/envoy/envoy-command.ts';
import { startEnvoy } from '../../../../src/edge/envoy/envoy-process.ts';
import { identify, isAlive } from '../../../../src/edge/process/process-identity.ts';
import { aStateFolder, envoyAnswering, runs } from '../../../_support/envoy/supervised-envoy.ts';
import { freePort } from '../../../_support/process/free-port.ts';

/** An Envoy whose control plane was killed by SIGKILL, and its process number. */
const anOrphan = async (t: ExecutionContext) => {
  const { state, envoys, remove } = aStateFolder();
  t.teardown(remove);
  const port = await freePort();
  const options = await envoyAnswering(state, port);
  const pid = await abandoned(state.path, options);
  return { state, envoys, port, options, pid };
};

const abandoned = async (folder: string, options: EnvoyOptions): Promise<number> => {
  const file = join(folder, 'options.json');
  writeFileSync(file, JSON.stringify({ ...options, env: {} }));
  const program = join(import.meta.dirname, '../../../_support/process/run-envoy.ts');
  const parent = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  return Number(line.toString('utf8'));
};

const answer = async (port: number): Promise<string> =>
  await (await fetch(`http://127.0.0.1:${port}/`)).text();

const never = new AbortController().signal;

test('Envoy outlives a control plane that is killed, and the next one takes it over', async (t) => {
  const { port, options, envoys, pid } = await anOrphan(t);
  t.is(await answer(port), 'hello');

  const envoy = await startEnvoy({ ...options, logLevel: 'error' }, never);
  t.true(envoy.adopted);
  t.is(envoy.identity.pid, pid);
  t.is(envoys().length, 1);

  await endEnvoy(envoy.identity, envoy.admin, options.drain, never);
  t.is(await envoy.exited, 'for an unknown reason');
  t.deepEqual(envoys(), []);
});

test('an Envoy with another bootstrap is replaced', async (t) => {
  const { port, state, envoys, pid } = await anOrphan(t);

  const envoy = await startEnvoy(await envoyAnswering(state, port, 'good day'), never);
  t.false(envoy.adopted);
  t.false(runs(pid));
  t.is(envoys().length, 1);
  t.is(await answer(port), 'good day');
});

test('an Envoy that was never written down is found and replaced', async (t) => {
  const { options, state, envoys, pid } = await anOrphan(t);
  rmSync(state.envoyRecord);

  const envoy = await startEnvoy(options, never);
  t.false(envoy.adopted);
  t.false(runs(pid));
  t.is(envoys().length, 1);
});

test('a process that was given the number of an Envoy is left alone', async (t) => {
  const { options, state, pid } = await anOrphan(t);
  const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
  t.teardown(() => stranger.kill('SIGKILL'));
  const record = JSON.parse(readFileSync(state.envoyRecord, 'utf8')) as Record<string, unknown>;
  writeFileSync(state.envoyRecord, JSON.stringify({ ...record, pid: stranger.pid }));

  const envoy = await startEnvoy(options, never);
  t.false(envoy.adopted);
  t.false(runs(pid));
  t.true(runs(stranger.pid ?? 0));
});

test('an Envoy that is being drained is replaced, for it would turn clients away', async (t) => {
  const { options, pid } = await anOrphan(t);
  await envoyAdmin(options.admin, 60_000).post('/healthcheck/fail');

  const envoy = await startEnvoy(options, never);
  t.false(envoy.adopted);
  t.false(runs(pid));
});

test('a process is itself until it ends', async (t) => {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  const identity = identify(child.pid ?? 0);
  t.true(identity !== undefined && isAlive(identity));
  t.false(identity !== undefined && isAlive({ ...identity, startedAt: '1' }));

  child.kill('SIGKILL');
  await once(child, 'exit');
  t.false(identity !== undefined && isAlive(identity));
});
