import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import test, { type ExecutionContext } from 'ava';

import { headgate, startHeadgate } from '../../../_support/process/headgate.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** A `headgate run` of an empty folder; it listens everywhere before the first line that tells so. */
const running = async (
  t: ExecutionContext,
  env: Readonly<Record<string, string>>,
  more: readonly string[] = [],
): Promise<void> => {
  const child = startHeadgate(
    [
      ...['run', '--config-dir', await tempDir(t), '--no-envoy', '--admin-address', '127.0.0.1:0'],
      ...more,
    ],
    { env },
  );
  t.teardown(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stderr }))
    if (line.includes('health checks and metrics on')) return;
  throw new Error(`headgate ended with ${(await once(child, 'close'))[0]}`);
};

/** Where state folders are made that nobody chose; short, for the sockets in them. */
const ofItsOwn = async (t: ExecutionContext) => {
  const folder = await mkdtemp('/tmp/hg-');
  t.teardown(async () => await rm(folder, { recursive: true, force: true }));
  return { XDG_RUNTIME_DIR: folder };
};

test('shows the pages of the only control plane that runs, or of the one in a state folder', async (t) => {
  const env = await ofItsOwn(t);
  const state = await tempDir(t);
  await running(t, env);
  await running(t, env, ['--state-dir', state]);

  t.deepEqual(await headgate(['debug', 'problems'], { env }), {
    ...{ code: 0, stdout: '[]\n', stderr: '' },
  });
  for (const args of [['--state-dir', state], []]) {
    const { code, stdout } = await headgate(['debug', 'snapshot', ...args], {
      env: { ...env, HEADGATE_STATE_DIR: state },
    });
    t.is(code, 0);
    t.like(JSON.parse(stdout), { seq: 1 });
  }
});

test('shows what the snapshot has of one object, and says where that cannot be asked', async (t) => {
  const env = await ofItsOwn(t);
  await running(t, env);

  const { code, stdout } = await headgate(['debug', 'snapshot', '--object', 'Mapping default/x'], {
    env,
  });
  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), { seq: 1, resources: [] });
  const other = await headgate(['debug', 'ir', '--object', 'Mapping default/x'], { env });
  t.regex(other.stderr, /--object is for the page snapshot/);
  const bad = await headgate(['debug', 'snapshot', '--object', 'x'], { env });
  t.regex(bad.stderr, /expected a kind and a name like "Mapping default\/shop", got "x"/);
});

test('says that none runs, or that it must be told which', async (t) => {
  const env = await ofItsOwn(t);
  const none = await headgate(['debug', 'ir'], { env });
  t.is(none.code, 1);
  t.regex(none.stderr, /^headgate: no control plane of this user runs here; .*--state-dir\n$/);

  await running(t, env);
  await running(t, env);
  const two = await headgate(['debug', 'ir'], { env });
  t.is(two.code, 2);
  t.regex(
    two.stderr,
    /^headgate: several control planes run here; .*--state-dir:\n {2}\S+\n {2}\S+\n$/,
  );
});

test('a page that does not exist is a wrong call', async (t) => {
  const { code, stderr } = await headgate(['debug', 'config_dump']);
  t.is(code, 2);
  t.regex(stderr, /Allowed choices are problems, streams, steps, snapshot, ir\./);
});
