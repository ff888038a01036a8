import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import test from 'ava';
import type { ExecutionContext } from 'ava';

import { openStateFolder } from '../../../../src/edge/file/state-folder.ts';
import { takeLock } from '../../../../src/edge/process/lock.ts';
import { identify } from '../../../../src/edge/process/process-identity.ts';
import { tempDir } from '../../../_support/process/temp-dir.ts';

/** What a process that has ended would have written into the lock. */
const aDeadOwner = async (): Promise<string> => {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  const identity = identify(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return `${identity?.pid} ${identity?.startedAt}`;
};

const inRuntimeFolder = async (t: ExecutionContext) => {
  const XDG_RUNTIME_DIR = await tempDir(t);
  const open = (input: string) => openStateFolder({ input, env: { XDG_RUNTIME_DIR } });
  return { base: join(XDG_RUNTIME_DIR, 'headgate'), open };
};

test('the same input finds the same folder again, another input another one', async (t) => {
  const { base, open } = await inRuntimeFolder(t);

  const first = open('/some/manifests');
  first.release();
  const again = open('/some/manifests');
  const other = open('/other/manifests');

  t.is(again.path, first.path);
  t.not(other.path, first.path);
  t.is(first.path.startsWith(`${base}/`), true);
  t.is(statSync(first.path).mode & 0o777, 0o700);
});

test('a second run on the same input gets a folder of its own', async (t) => {
  const { open } = await inRuntimeFolder(t);

  const first = open('/some/manifests');
  const second = open('/some/manifests');
  t.is(second.path, `${first.path}-2`);

  first.release();
  t.is(open('/some/manifests').path, first.path);
});

test('a chosen folder that is in use is an error that names the process', async (t) => {
  const chosen = join(await tempDir(t), 'state');
  const { release } = openStateFolder({ chosen, input: '/a', env: {} });

  const message = `the state folder ${chosen} is in use by process ${process.pid}; stop that one, or choose another with --state-dir`;
  t.throws(() => openStateFolder({ chosen, input: '/b', env: {} }), { message });
  release();
  t.notThrows(() => openStateFolder({ chosen, input: '/b', env: {} }));
});

test('a folder that cannot be made is an error that says why, and which option names another', async (t) => {
  const file = join(await tempDir(t), 'file');
  writeFileSync(file, '');

  for (const [chosen, why] of [
    [file, 'there is a file of that name'],
    [join(file, 'state'), 'a part of its path is no folder'],
  ] as const)
    t.throws(() => openStateFolder({ chosen, input: '/a', env: {} }), {
      message: `the state folder ${chosen} cannot be made: ${why}; choose another with --state-dir`,
    });
});

test('a folder that others can enter is refused', async (t) => {
  const chosen = join(await tempDir(t), 'open');
  mkdirSync(chosen);
  chmodSync(chosen, 0o755);

  t.throws(() => openStateFolder({ chosen, input: '/a', env: {} }), {
    message: `the state folder ${chosen} is open to other users (expected mode 700, got 755); close it with chmod 700`,
  });
});

test('a folder whose path is too long for a socket is refused', async (t) => {
  const chosen = join(await tempDir(t), 'x'.repeat(100));

  t.throws(() => openStateFolder({ chosen, input: '/a', env: {} }), {
    message: /has too long a path for the sockets in it \(expected at most 100 bytes, got 1\d\d\)/,
  });
});

test('the sockets of a default folder have short paths', async (t) => {
  const XDG_RUNTIME_DIR = join(await tempDir(t), 'x'.repeat(90));
  mkdirSync(XDG_RUNTIME_DIR);

  const { adminSocket, release } = openStateFolder({
    input: `/${t.title}`,
    env: { XDG_RUNTIME_DIR },
  });
  t.teardown(() => rmSync(dirname(adminSocket), { recursive: true }));
  t.true(Buffer.byteLength(adminSocket) <= 100);
  release();
});

test('the lock of a process that has ended is taken over', async (t) => {
  const path = join(await tempDir(t), 'lock');
  writeFileSync(path, await aDeadOwner());

  t.true('release' in takeLock(path));
  t.regex(readFileSync(path, 'utf8'), new RegExp(`^${process.pid} `));
});

test('a lock that was damaged is taken over', async (t) => {
  const path = join(await tempDir(t), 'lock');
  writeFileSync(path, 'x');

  t.true('release' in takeLock(path));
});

test('the lock of a number that another process has now is taken over', async (t) => {
  const path = join(await tempDir(t), 'lock');
  writeFileSync(path, `${process.pid} 1`);

  t.true('release' in takeLock(path));
});

test('of many processes that take over at once exactly one succeeds', async (t) => {
  const folder = await tempDir(t);
  const path = join(folder, 'lock');
  const dead = await aDeadOwner();
  writeFileSync(path, dead);
  writeFileSync(`${path}.after-${dead.split(' ')[0]}`, dead);

  const program = join(import.meta.dirname, '../../../_support/process/take-lock.ts');
  const contenders = Array.from({ length: 6 }, () =>
    spawn(process.execPath, [program, path], { stdio: ['pipe', 'pipe', 'inherit'] }),
  );
  const answers = await Promise.all(
    contenders.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])),
  );

  t.is(answers.filter((answer) => answer === 'taken\n').length, 1);
  for (const { stdin } of contenders) stdin.end();
  await Promise.all(contenders.map(async (child) => await once(child, 'exit')));
  t.deepEqual(
    readdirSync(folder).filter((name) => name !== 'lock'),
    [],
  );
});

test('a lock is released by its owner only', async (t) => {
  const path = join(await tempDir(t), 'lock');
  const lock = takeLock(path);
  writeFileSync(path, '1 2');

  if ('release' in lock) lock.release();
  t.is(readFileSync(path, 'utf8'), '1 2');
});
